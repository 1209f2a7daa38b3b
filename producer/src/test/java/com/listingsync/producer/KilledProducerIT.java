package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.event.Entity;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.RunState;
import com.listingsync.embedded.mls.MlsOptions;
import com.listingsync.embedded.mls.SampleMls;
import com.listingsync.embedded.upstream.Fault;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.SampleWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a real producer process at random points of a pass; {@code -Dkills=100} for many, {@code -Dseed=…} for the same again. */
class KilledProducerIT {

    private static final int KILLS = Integer.getInteger("kills", 3);
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    /** A life ends after at most so many offsets of the two topics: within the first pages, or some way on. */
    private static final int LONGEST_LIFE = 120;

    @TempDir
    Path folder;

    private final Broker broker = Broker.withTopics();
    private final Random random = new Random(SEED);
    private SampleWorld world;
    private SampleMls mls;
    private Producing producing;

    @BeforeEach
    void start() {
        world = SampleWorld.generate(11, 150 + KILLS * 12, null);
        mls = new SampleMls(world, MlsOptions.defaults().withMaxPageSize(25)).start();
        producing = new Producing(broker, folder, """
                connections:
                  - name: idx
                    kind: mls
                    profile: ampre
                    view: idx
                    url: %s
                    auth: {token: %s}
                    feeds: {media: {page_size: 25}, rooms: {page_size: 25}}
                """.formatted(mls.uri(), mls.idxToken()));
    }

    @AfterEach
    void stop() {
        producing.close();
        mls.close();
        world.close();
    }

    @Test
    void leavesNothingOutAndNothingTwice() throws Exception {
        mls.faults().failNext(100_000, Fault.slow(Duration.ofMillis(15)));
        producing.command(
                new SyncCommand("r1", "idx", List.of(), List.of(), false, "test"),
                new FeedName("idx", "media"),
                new FeedName("idx", "rooms"));
        for (int kill = 1; kill <= KILLS; kill++) {
            long until = written() + random.nextInt(LONGEST_LIFE);
            try (ProducerProcess life =
                    ProducerProcess.start(producing.environment(), folder.resolve("producer.log"), "-Xmx128m")) {
                Awaitility.await()
                        .atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(1 + random.nextInt(20)))
                        .until(() -> written() > until);
                life.kill();
            }
        }
        mls.faults().clear();

        producing.start();
        RunState run = producing.awaitRead("r1");

        assertThat(keys(Entity.MEDIA))
                .as("seed " + SEED)
                .doesNotHaveDuplicates()
                .hasSameElementsAs(expected(Resource.MEDIA));
        assertThat(keys(Entity.ROOMS))
                .as("seed " + SEED)
                .doesNotHaveDuplicates()
                .hasSameElementsAs(expected(Resource.ROOMS));
        assertThat(run.total().fetched() - run.total().skipped())
                .isEqualTo(keys(Entity.MEDIA).size() + keys(Entity.ROOMS).size());
        assertThat(run.feeds().values())
                .allSatisfy(feed -> assertThat(feed.problem()).isNull());
    }

    /** Offsets of both topics, uncommitted records and marks of transactions among them. */
    private long written() {
        return broker.end(broker.topics().source(Entity.MEDIA))
                + broker.end(broker.topics().source(Entity.ROOMS));
    }

    private List<String> keys(Entity entity) {
        return producing.emitted(entity).stream()
                .map(record -> record.place().child().orElseThrow())
                .collect(Collectors.toList());
    }

    private List<String> expected(Resource resource) {
        return world.records(resource, Feed.IDX).stream()
                .filter(record -> record.path("ResourceName").asText("Property").equals("Property"))
                .map(record -> record.get(resource.keyField()).asText())
                .toList();
    }
}
