package com.listingsync.producer.mls;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.View;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.setting.Secret;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.producer.connection.Auth;
import com.listingsync.producer.connection.Limits;
import com.listingsync.producer.connection.MlsFeed;
import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.connection.Polling;
import com.listingsync.producer.connection.Sweeping;
import com.listingsync.producer.mls.DrawnMls.Links;
import com.listingsync.producer.mls.DrawnMls.Manners;
import com.listingsync.producer.publish.FeedLog;
import com.listingsync.producer.publish.MemoryLog;
import com.listingsync.producer.source.FeedBooks;
import com.listingsync.producer.source.Pass;
import com.listingsync.producer.source.SourceMeters;
import com.listingsync.producer.upstream.Guard;
import com.listingsync.producer.upstream.RetryRule;
import com.listingsync.producer.upstream.UpstreamHttp;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * One drawn feed and what happens to it: passes while its server is in trouble and its rows change, deaths of the producer in
 * the middle of a commit, and in the end a pass in peace.
 */
final class DrawnHistory implements AutoCloseable {

    private static final long SECOND = 1_000_000L;
    private static final long BEGINNING = 1_790_000_000L * SECOND;
    private static final Limits UNLIMITED =
            new Limits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), 4);
    private static final FeedName NAME = new FeedName("drawn", "property");

    private final Random random;
    private final MlsFeed feed;
    private final Manners manners;
    private final DrawnMls mls;
    private final MemoryLog log = new MemoryLog();
    private final Meters meters = new Meters();
    private final int passes;
    private FeedLog held;
    private FeedMemory memory;
    private long newest = BEGINNING;
    private int keys;
    private int runs;
    private int deaths;
    private boolean forced;

    DrawnHistory(Random random, Paging paging) {
        this.random = random;
        boolean byLink = paging == Paging.NEXT_LINK;
        Duration overlap = byLink || random.nextBoolean() ? Duration.ofSeconds(60) : Duration.ZERO;
        this.feed = feed(paging, 5 + random.nextInt(55), overlap);
        this.manners = manners(byLink);
        this.passes = 1 + random.nextInt(5);
        this.mls = new DrawnMls(manners, random, random.nextInt(4) * 0.1);
        this.held = log.open();
        this.memory = new FeedMemory(MlsCheckpoint.NONE, feed.pageSize());
        int rows = random.nextInt(150);
        for (int i = 0; i < rows; i++) {
            add(BEGINNING + clock());
        }
    }

    /** Lives through it. */
    void unfold() {
        for (int pass = 0; pass < passes; pass++) {
            int until = random.nextInt(8);
            boolean dies = random.nextInt(3) == 0;
            int[] requests = {0};
            mls.meanwhile(() -> {
                if (requests[0]++ == until && dies) {
                    log.failCommit();
                }
                change();
            });
            pass(random.nextInt(10) == 0);
        }
        mls.settle();
        int tries = 0;
        while (!pass(false)) {
            if (++tries > 10) {
                throw new IllegalStateException("no peace: " + memory.checkpoint());
            }
        }
        if (!pass(false)) {
            throw new IllegalStateException("peace did not last");
        }
    }

    /** Whether there is no reason for anything to be emitted twice. */
    boolean bringsNothingTwice() {
        boolean forgets = deaths > 0
                && (feed.paging() == Paging.NEXT_LINK || !feed.overlap().isZero());
        return !forced && !forgets;
    }

    /**
     * By key, what the server holds and what the topic says, of those records in which they differ. The topic says what its
     * latest version says: a server that serves an old page again brings an old version, which the processor passes over.
     */
    Map<String, String> differences() {
        Map<String, String> held = new TreeMap<>();
        mls.rows().forEach((key, row) -> held.put(key, row.deleted() ? "deleted" : mls.print(row)));
        Map<String, String> brought = new TreeMap<>();
        Map<String, Long> versions = new HashMap<>();
        emitted().forEach(record -> {
            long version = RecordHeaders.readSource(record.headers()).sourceVersion();
            if (version >= versions.getOrDefault(key(record), Long.MIN_VALUE)) {
                versions.put(key(record), version);
                brought.put(key(record), value(record));
            }
        });
        Map<String, String> differences = new TreeMap<>();
        held.forEach((key, row) -> {
            if (!row.equals(brought.get(key))) {
                differences.put(key, "server: " + row + ", topic: " + brought.get(key));
            }
        });
        brought.keySet().stream()
                .filter(key -> !held.containsKey(key))
                .forEach(key -> differences.put(key, "only on the topic"));
        return differences;
    }

    List<String> emittedTwice() {
        Map<String, Integer> times = new HashMap<>();
        emitted().forEach(record -> times.merge(key(record) + " " + value(record), 1, Integer::sum));
        List<String> twice = new ArrayList<>();
        times.forEach((record, count) -> {
            if (count > 1 && !record.endsWith(" deleted")) {
                twice.add(record);
            }
        });
        return twice;
    }

    @Override
    public String toString() {
        return feed + ", " + manners + ", " + passes + " passes, " + deaths + " deaths, " + keys + " keys";
    }

    @Override
    public void close() {
        mls.close();
        meters.close();
    }

    /** Makes a pass; answers whether the feed was read to its end. */
    private boolean pass(boolean force) {
        forced |= force;
        boolean commanded = force || random.nextBoolean();
        Pass pass = new Pass(
                "r" + runs++,
                commanded ? Pass.Trigger.COMMAND : Pass.Trigger.SCHEDULE,
                Set.of("property"),
                Set.of(),
                force);
        RetryRule rule = new RetryRule(3, Duration.ofMillis(1), Duration.ofMinutes(1), Duration.ofSeconds(10));
        Guard guard = new Guard("drawn", UNLIMITED, rule, meters, Clock.systemUTC());
        Auth auth = new Auth.ClientCredentials(mls.tokenUri(), "me", new Secret("s"), Optional.empty());
        try (UpstreamHttp http = new UpstreamHttp("drawn", auth, guard, rule.silence(), meters, Clock.systemUTC())) {
            return read(pass, http).isEmpty();
        } catch (KafkaException e) {
            deaths++;
            held = log.open();
            MlsCheckpoint checkpoint = held.checkpoint().map(MlsCheckpoint::of).orElse(MlsCheckpoint.NONE);
            memory = new FeedMemory(checkpoint, feed.pageSize());
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<String> read(Pass pass, UpstreamHttp http) throws InterruptedException {
        ReadPlan plan = ReadPlan.of(pass, feed, memory.checkpoint());
        FeedRule rule =
                new FeedRule(Entity.PROPERTY, new Origin("drawn", "property", View.NONE, Optional.of(plan.run())));
        FeedBooks books = new FeedBooks(NAME, pass, plan.resumed(), Clock.systemUTC());
        FeedWriter writer =
                new FeedWriter(held, rule, books, new SourceMeters(meters, Clock.systemUTC()).of(NAME), memory, plan);
        Handover handover = new Handover();
        FeedQuery query = FeedQuery.of(mls.uri(), feed, true, Set.of());
        Thread fetching = new Thread(new PageFetcher(http, query, plan.start(), memory.pageSize(), handover));
        fetching.start();
        try {
            return writer.finish(writer.writeAll(handover));
        } finally {
            fetching.interrupt();
            fetching.join();
        }
    }

    /** Something happens to the rows, or nothing. */
    private void change() {
        if (random.nextInt(4) > 0) {
            return;
        }
        boolean late = !feed.overlap().isZero() && random.nextInt(3) == 0;
        long at = late ? newest - random.nextInt(20) * SECOND : newest + 2 * SECOND + clock() % SECOND;
        List<DrawnRow> rows = new ArrayList<>(mls.rows().values());
        if (late || rows.isEmpty() || random.nextBoolean()) {
            add(at);
        } else {
            DrawnRow row = rows.get(random.nextInt(rows.size()));
            put(new DrawnRow(row.key(), grained(at), row.edition() + 1, random.nextInt(3) == 0));
        }
    }

    private void add(long at) {
        put(new DrawnRow("K" + random.nextInt(1_000) + "-" + keys++, grained(at), 0, random.nextInt(15) == 0));
    }

    private void put(DrawnRow row) {
        newest = Math.max(newest, row.micros());
        mls.put(row);
    }

    /** Many rows share a second, and some a moment. */
    private long clock() {
        long second = random.nextInt(random.nextBoolean() ? 3 : 200) * SECOND;
        return second + (random.nextInt(3) == 0 ? 0 : random.nextInt((int) SECOND));
    }

    private long grained(long micros) {
        return micros / manners.stored() * manners.stored();
    }

    private Manners manners(boolean byLink) {
        long[] grains = {1, 1_000, SECOND};
        int printed = random.nextInt(3);
        long stored = grains[random.nextInt(printed + 1)];
        boolean drains = feed.paging() == Paging.DRAINING_CURSOR;
        boolean rounds = !feed.overlap().isZero() && drains && random.nextBoolean();
        int limit = 3 + random.nextInt(60);
        Links[] links = Links.values();
        return new Manners(
                stored,
                grains[printed],
                rounds ? RoundingMode.HALF_UP : RoundingMode.FLOOR,
                drains && !rounds && random.nextBoolean(),
                limit,
                byLink ? links[1 + random.nextInt(2)] : links[random.nextInt(3)],
                2 + random.nextInt(20));
    }

    private static MlsFeed feed(Paging paging, int pageSize, Duration overlap) {
        return new MlsFeed(
                Entity.PROPERTY,
                "Property",
                "ListingKey",
                "ModificationTimestamp",
                paging,
                pageSize,
                new Polling(Duration.ofMinutes(15), Duration.ofMinutes(15)),
                overlap,
                Optional.empty(),
                new Sweeping(Optional.empty(), Duration.ofHours(24), 0.1, 10_000));
    }

    private List<ProducerRecord<byte[], byte[]>> emitted() {
        return log.of(log.topics().source(Entity.PROPERTY));
    }

    private static String key(ProducerRecord<byte[], byte[]> record) {
        return SourceKey.of(record.key()).listing();
    }

    private static String value(ProducerRecord<byte[], byte[]> record) {
        return record.value() == null ? "deleted" : text(record.value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
