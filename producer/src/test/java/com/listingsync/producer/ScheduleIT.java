package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.Entity;
import com.listingsync.common.health.Service;
import com.listingsync.common.run.FeedState;
import com.listingsync.common.wire.Json;
import com.listingsync.embedded.mls.MlsOptions;
import com.listingsync.embedded.mls.SampleMls;
import com.listingsync.embedded.upstream.Fault;
import com.listingsync.embedded.world.SampleWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schedule against a server: when feeds are read, and what health tells of it. */
class ScheduleIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private SampleWorld world;
    private SampleMls mls;
    private Producing producing;

    @BeforeEach
    void start() {
        world = SampleWorld.generate(12, 20, null);
        mls = new SampleMls(world, MlsOptions.defaults()).start();
    }

    @AfterEach
    void stop() {
        producing.close();
        mls.close();
        world.close();
    }

    @Test
    void readsAFeedMoreOftenWhileItChangesAndLessOftenWhenItIsQuiet() {
        Service service = started("{property: {interval: 4s, min_interval: 100ms, overlap: 0s}}");
        await().untilAsserted(() ->
                assertThat(feed(service, "property").get("last").isNull()).isFalse());
        String key = listing();

        await().untilAsserted(() -> {
            world.changePrice(key, price());
            assertThat(interval(service)).isLessThan(0.5);
        });

        await().untilAsserted(() -> assertThat(interval(service)).isEqualTo(4));
    }

    @Test
    void readsPropertiesToTheirEndBeforeTheirChildrenTheFirstTime() {
        mls.faults().failNext(1, "/Property", Fault.slow(Duration.ofMillis(500)));
        started("{property: {}, media: {}, rooms: {}, openhouse: {}}");

        Map<String, FeedState> feeds = Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        this::firstPasses,
                        read -> read.size() == 4 && read.values().stream().allMatch(FeedState::isFinished));
        Long parents = feeds.get("idx/property").finishedAt();
        assertThat(feeds).allSatisfy((name, feed) -> {
            if (!name.equals("idx/property")) {
                assertThat(feed.startedAt()).as(name).isGreaterThanOrEqualTo(parents);
            }
        });
    }

    @Test
    void tellsWhenEveryFeedIsReadNext() {
        Service service = started("{property: {interval: 15m}, rooms: {interval: 30m}}");
        await().untilAsserted(() -> {
            assertThat(feed(service, "property").get("last").isNull()).isFalse();
            assertThat(feed(service, "rooms").get("last").isNull()).isFalse();
        });

        JsonNode property = feed(service, "property");
        Instant next = Instant.parse(property.get("next").asText());
        Instant last = Instant.parse(property.get("last").asText());

        assertThat(property.get("reading").asBoolean()).isFalse();
        assertThat(property.get("problem").isNull()).isTrue();
        // The first pass brought all listings, so the interval is half of what is set, a tenth more or less.
        assertThat(property.get("intervalSeconds").asDouble()).isEqualTo(450);
        assertThat(Duration.between(last, next)).isBetween(Duration.ofSeconds(405), Duration.ofSeconds(495));
    }

    private Map<String, FeedState> firstPasses() {
        Map<String, FeedState> feeds = new TreeMap<>();
        producing.runs().forEach(run -> producing.run(run).feeds().forEach(feeds::putIfAbsent));
        return feeds;
    }

    private Service started(String feeds) {
        producing = new Producing(Broker.withTopics(), folder, """
                        connections:
                          - name: idx
                            kind: mls
                            profile: reso
                            url: %s
                            auth: {token: %s}
                            feeds: %s
                        """.formatted(mls.uri(), mls.idxToken(), feeds))
                .with("SYNC_SCHEDULE", "on");
        return producing.start();
    }

    private String listing() {
        return producing.emitted(Entity.PROPERTY).get(0).key().split("/")[0];
    }

    private static int price() {
        return (int) (100_000 + System.nanoTime() % 800_000);
    }

    private static double interval(Service service) {
        return feed(service, "property").get("intervalSeconds").asDouble();
    }

    private static JsonNode feed(Service service, String name) {
        JsonNode facts = Json.MAPPER.valueToTree(service.health().facts());
        return StreamSupport.stream(facts.get("feeds").spliterator(), false)
                .filter(feed -> feed.get("feed").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no feed " + name + " in " + facts));
    }

    private static org.awaitility.core.ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
    }
}
