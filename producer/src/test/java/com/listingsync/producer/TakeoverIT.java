package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.event.Entity;
import com.listingsync.embedded.mls.MlsOptions;
import com.listingsync.embedded.mls.SampleMls;
import com.listingsync.embedded.upstream.Fault;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.SampleWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two real producer processes on the same connections, one of which dies or is stopped for too long. */
class TakeoverIT {

    private static final Logger LOG = LoggerFactory.getLogger(TakeoverIT.class);
    private static final int CONNECTIONS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern SHARE = Pattern.compile("connection (taken over|given up) connection=\"(c\\d)\"");

    @TempDir
    Path folder;

    private final Broker broker = Broker.withTopics();
    private SampleWorld world;
    private SampleMls mls;
    private Producing producing;
    private Follower follower;
    private ProducerProcess first;
    private ProducerProcess second;

    @BeforeEach
    void start() {
        world = SampleWorld.generate(13, 700, null);
        mls = new SampleMls(world, MlsOptions.defaults().withMaxPageSize(10)).start();
        mls.faults().failNext(100_000, Fault.slow(Duration.ofMillis(300)));
        producing = new Producing(broker, folder, yaml()).with("SYNC_SCHEDULE", "on");
        follower = new Follower(broker, Entity.PROPERTY);
        first = ProducerProcess.start(producing.environment(), folder.resolve("first.log"));
        Awaitility.await().atMost(PATIENCE).until(() -> share("first.log").size() == CONNECTIONS);
        second = ProducerProcess.start(producing.environment(), folder.resolve("second.log"));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !share("second.log").isEmpty()
                        && share("first.log").size() + share("second.log").size() == CONNECTIONS);
        Awaitility.await().atMost(PATIENCE).until(() -> connections(0).size() == CONNECTIONS);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        follower.close();
        producing.close();
        mls.close();
        world.close();
    }

    @Test
    void theOtherTakesOverWithinTenSecondsOfADeath() throws Exception {
        Set<String> orphans = share("first.log");

        long died = System.currentTimeMillis();
        first.kill();
        Awaitility.await().atMost(PATIENCE).until(() -> connections(died).containsAll(orphans));

        long millis = orphans.stream()
                .mapToLong(orphan -> firstAfter(died, orphan) - died)
                .max()
                .orElseThrow();
        LOG.atInfo()
                .addKeyValue("connections", orphans.size())
                .addKeyValue("millis", millis)
                .log("taken over: milliseconds from the kill to the first committed record of the last orphan");
        if (isQuiet()) {
            assertThat(millis).isLessThanOrEqualTo(10_000);
        }
        assertThatEverythingArrivesOnce();
    }

    @Test
    void aZombieIsFencedAndStepsBack() {
        Set<String> orphans = share("first.log");

        long froze = System.currentTimeMillis();
        first.freeze();
        Awaitility.await().atMost(PATIENCE).until(() -> connections(froze).containsAll(orphans));
        first.thaw();

        // It finds out, gives up what it has lost and gets a share again.
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> share("first.log").size() + share("second.log").size() == CONNECTIONS);
        assertThat(first.isAlive()).isTrue();
        assertThatEverythingArrivesOnce();
    }

    private void assertThatEverythingArrivesOnce() {
        mls.faults().clear();
        List<String> expected = world.records(Resource.PROPERTY, Feed.IDX).stream()
                .map(record -> record.get("ListingKey").asText())
                .toList();
        Awaitility.await().atMost(PATIENCE).until(() -> follower.seen().size() >= expected.size() * CONNECTIONS);
        for (int i = 0; i < CONNECTIONS; i++) {
            String connection = "c" + i;
            assertThat(follower.seen())
                    .filteredOn(seen -> seen.connection().equals(connection))
                    .extracting(Follower.Seen::key)
                    .doesNotHaveDuplicates()
                    .hasSameElementsAs(expected);
        }
    }

    /** Connections of which something was sent after a moment, and is committed. */
    private Set<String> connections(long after) {
        Set<String> connections = new TreeSet<>();
        follower.seen().stream()
                .filter(seen -> seen.sentAt() > after)
                .forEach(seen -> connections.add(seen.connection()));
        return connections;
    }

    private long firstAfter(long moment, String connection) {
        return follower.seen().stream()
                .filter(seen -> seen.connection().equals(connection) && seen.sentAt() > moment)
                .mapToLong(Follower.Seen::sentAt)
                .min()
                .orElseThrow();
    }

    /** The connections that a producer says it has. */
    private Set<String> share(String log) {
        Set<String> share = new TreeSet<>();
        try {
            for (String line : Files.readAllLines(folder.resolve(log))) {
                Matcher matcher = SHARE.matcher(line);
                if (matcher.find()) {
                    boolean taken = matcher.group(1).equals("taken over");
                    boolean unused = taken ? share.add(matcher.group(2)) : share.remove(matcher.group(2));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return share;
    }

    /** Whether the figure says something about us: six other builds on two cores take their time from everything. */
    private static boolean isQuiet() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
                < Runtime.getRuntime().availableProcessors();
    }

    private String yaml() {
        StringBuilder yaml = new StringBuilder("connections:\n");
        for (int i = 0; i < CONNECTIONS; i++) {
            yaml.append("""
                      - name: c%d
                        kind: mls
                        profile: ampre
                        url: %s
                        auth: {token: %s}
                        feeds: {property: {page_size: 10, interval: 1h, overlap: 0s}}
                    """.formatted(i, mls.uri(), mls.idxToken()));
        }
        return yaml.toString();
    }
}
