package com.listingsync.producer.mls;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.View;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.producer.connection.MlsAccount;
import com.listingsync.producer.connection.MlsFeed;
import com.listingsync.producer.presence.LogKeys;
import com.listingsync.producer.presence.SweepState;
import com.listingsync.producer.publish.FeedLog;
import com.listingsync.producer.publish.KafkaAccess;
import com.listingsync.producer.source.FeedBooks;
import com.listingsync.producer.source.FeedMeters;
import com.listingsync.producer.source.FeedThreads;
import com.listingsync.producer.source.Pass;
import com.listingsync.producer.source.SourceMeters;
import com.listingsync.producer.upstream.UpstreamException;
import com.listingsync.producer.upstream.UpstreamHttp;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * One feed of an MLS account as this process holds it: reads it, one pass after the other. Confined to one thread at a
 * time.
 */
final class FeedReading implements AutoCloseable {

    /** Listing keys in one request: a filter of 25 stays under 2 KB, which every server takes. */
    private static final int KEYS_AT_ONCE = 25;

    private final FeedName feedName;
    private final View view;
    private final MlsAccount account;
    private final MlsFeed feed;
    private final Means means;
    private final FeedMeters feedMeters;
    private @Nullable FeedLog log;
    private @Nullable FeedMemory memory;
    private volatile @Nullable FeedSweep sweep;
    private @Nullable EventReading events;

    /**
     * What all feeds of a connection work with.
     *
     * @param http authorised requests
     * @param kafka makes clients
     * @param meters of all feeds
     * @param clock for reports
     * @param threads for fetching
     */
    record Means(UpstreamHttp http, KafkaAccess kafka, SourceMeters meters, Clock clock, FeedThreads threads) {}

    FeedReading(FeedName feedName, View view, MlsAccount account, MlsFeed feed, Means means) {
        this.feedName = feedName;
        this.view = view;
        this.account = account;
        this.feed = feed;
        this.means = means;
        this.feedMeters = means.meters().of(feedName);
    }

    String name() {
        return feedName.feed();
    }

    Entity entity() {
        return feed.entity();
    }

    /** Takes the feed over from whoever held it. */
    void open() {
        close();
        FeedLog opened = FeedLog.open(means.kafka(), feedName, means.clock());
        log = opened;
        MlsCheckpoint checkpoint = opened.checkpoint().map(MlsCheckpoint::of).orElse(MlsCheckpoint.NONE);
        FeedMemory fresh = new FeedMemory(checkpoint, feed.pageSize());
        memory = fresh;
        SweepState swept = opened.checkpoint(FeedSweep.PART).map(SweepState::of).orElse(SweepState.NONE);
        sweep = new FeedSweep(feed, this::readKeys, means.threads(), feedMeters, means.clock(), fresh, swept);
        events =
                account.events().map(resource -> eventReading(resource, opened)).orElse(null);
    }

    /** What is wrong with the feed apart from its last pass, in words for people; empty when nothing is. Thread-safe. */
    Optional<String> standing() {
        FeedSweep current = sweep;
        return current == null ? Optional.empty() : current.standing();
    }

    boolean everComplete() {
        return held(memory).checkpoint().complete();
    }

    /**
     * Reads the feed to its end.
     *
     * @return why it could not be read; empty when it was
     */
    Optional<String> read(Pass pass) throws InterruptedException {
        MlsCheckpoint checkpoint = held(memory).checkpoint();
        if (ReadPlan.alreadyDone(pass, checkpoint)) {
            return Optional.empty();
        }
        ReadPlan plan = ReadPlan.of(pass, feed, checkpoint);
        plan.abandoned(checkpoint).ifPresent(interrupted -> closeBooksOf(interrupted, plan.run()));
        List<String> keys = pass.keys().stream().sorted().toList();
        Origin origin = new Origin(feedName.connection(), feedName.feed(), view, Optional.of(plan.run()));
        FeedBooks books = new FeedBooks(feedName, pass, plan.resumed(), means.clock());
        PageSize pages = pages(pass);
        if (pass.pageSize() != null) {
            books.pagesOf(pages.current());
        }
        FeedWriter writer =
                new FeedWriter(held(log), new FeedRule(feed.entity(), origin), books, feedMeters, held(memory), plan);
        Optional<String> swept = held(sweep).make(pass, origin, writer, keyed()::of);
        boolean changes = plan.extent() == ReadPlan.Extent.CHANGES;
        Optional<String> problem = changes && events != null
                ? readByEvents(plan, pages, origin, writer)
                : fetchAll(plan, pages, keys, writer);
        return writer.finish(problem.or(() -> swept));
    }

    @Override
    public void close() {
        FeedSweep current = sweep;
        if (current != null) {
            current.close();
            sweep = null;
        }
        if (log != null) {
            log.close();
            log = null;
        }
    }

    private PageSize pages(Pass pass) {
        PageSize usual = held(memory).pageSize();
        return pass.pageSize() == null ? usual : usual.atMost(pass.pageSize());
    }

    private Optional<String> fetchAll(ReadPlan plan, PageSize pages, List<String> keys, FeedWriter writer)
            throws InterruptedException {
        int from = 0;
        Optional<String> problem;
        do {
            int to = Math.min(keys.size(), from + KEYS_AT_ONCE);
            problem = fetch(plan, pages, keys.subList(from, to), writer);
            from = to;
        } while (problem.isEmpty() && from < keys.size());
        return problem;
    }

    private EventReading eventReading(String resource, FeedLog opened) {
        HttpUrl root = HttpUrl.get(account.url().toString());
        return new EventReading(
                new EventLog(means.http(), root, resource, feed.resource()),
                keyed()::of,
                keys -> new LogKeys(means.kafka(), feedName, feed.entity()).find(keys),
                feed.sweeping().brakeLimit(),
                opened.checkpoint(EventReading.PART).map(EventPlace::of).orElse(null));
    }

    private KeyedRecords keyed() {
        return new KeyedRecords(means.http(), account, feed);
    }

    /**
     * Follows the server's event log; reads by clock where there is no place in it to go on from, and, so that nothing stands
     * still, where it can't be read.
     */
    private Optional<String> readByEvents(ReadPlan plan, PageSize pages, Origin origin, FeedWriter writer)
            throws InterruptedException {
        EventReading reading = held(events);
        boolean complete = held(memory).checkpoint().complete();
        EventPlace beginning;
        try {
            if (complete && reading.follow(feed.entity(), origin, writer)) {
                return Optional.empty();
            }
            beginning = reading.beginning();
        } catch (UpstreamException e) {
            // The place in the log stays, and events are followed again when it can be read.
            return fetchAll(plan, pages, List.of(), writer)
                    .or(() ->
                            Optional.of("its event log can't be followed, so it was read by clock: " + e.getMessage()));
        }
        if (complete) {
            held(sweep).soon();
        }
        Optional<String> problem = fetchAll(plan, pages, List.of(), writer);
        if (problem.isEmpty()) {
            reading.begin(beginning, writer);
        }
        return problem;
    }

    private FeedSweep.Read readKeys(@Nullable Integer wanted) throws InterruptedException {
        PageSize usual = new PageSize(feed.pageSize());
        return FeedSweep.read(
                new KeyReader(means.http(), KeyQuery.of(account, feed), wanted == null ? usual : usual.atMost(wanted)),
                new LogKeys(means.kafka(), feedName, feed.entity()));
    }

    private Optional<String> fetch(ReadPlan plan, PageSize pages, List<String> keys, FeedWriter writer)
            throws InterruptedException {
        Handover handover = new Handover();
        FeedQuery query = FeedQuery.of(account.url(), feed, account.profile().counts() && keys.isEmpty(), keys);
        Future<?> fetching = means.threads().start(new PageFetcher(means.http(), query, plan.start(), pages, handover));
        try {
            return writer.writeAll(handover);
        } finally {
            fetching.cancel(true);
        }
    }

    private void closeBooksOf(String interrupted, String successor) {
        FeedLog to = held(log);
        to.begin();
        to.report(
                interrupted,
                List.of(new Outcome.FeedFinished(
                        feedName,
                        "interrupted; run " + successor + " goes on",
                        means.clock().millis())));
        to.commit();
    }

    private static <T> T held(@Nullable T thing) {
        return Objects.requireNonNull(thing, "a feed is opened before it is read");
    }
}
