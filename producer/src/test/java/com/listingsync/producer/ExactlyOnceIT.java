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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExactlyOnceIT {

    private static final int KILLS = 3;

    @TempDir
    Path folder;

    private final Broker broker = Broker.withTopics();
    private SampleWorld world;
    private SampleMls mls;
    private Producing producing;

    @BeforeEach
    void start() {
        world = SampleWorld.generate(11, 200, null);
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
    void bringsEveryRecordOnceThoughTheProducerIsKilledInMidFeed() throws Exception {
        mls.faults().failNext(10_000, Fault.slow(Duration.ofMillis(15)));
        producing.command(
                new SyncCommand("r1", "idx", List.of(), List.of(), false, "test"),
                new FeedName("idx", "media"),
                new FeedName("idx", "rooms"));
        for (int kill = 1; kill <= KILLS; kill++) {
            long before = emitted();
            Process process = process();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> emitted() > before + 60);
            process.destroyForcibly().waitFor();
        }
        mls.faults().clear();

        producing.start();
        RunState run = producing.awaitRead("r1");

        assertThat(keys(Entity.MEDIA)).doesNotHaveDuplicates().hasSameElementsAs(expected(Resource.MEDIA));
        assertThat(keys(Entity.ROOMS)).doesNotHaveDuplicates().hasSameElementsAs(expected(Resource.ROOMS));
        assertThat(run.total().fetched() - run.total().skipped())
                .isEqualTo(keys(Entity.MEDIA).size() + keys(Entity.ROOMS).size());
        assertThat(run.feeds().values())
                .allSatisfy(feed -> assertThat(feed.problem()).isNull());
    }

    private long emitted() {
        return broker.end(broker.topics().source(Entity.MEDIA))
                + broker.end(broker.topics().source(Entity.ROOMS));
    }

    private Process process() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ProducerMain.class.getName());
        builder.environment().putAll(producing.environment());
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("producer.log").toFile())
                .start();
    }

    private List<String> keys(Entity entity) {
        return producing.emitted(entity).stream()
                .map(record -> record.key().substring(record.key().indexOf('/') + 1))
                .collect(Collectors.toList());
    }

    private List<String> expected(Resource resource) {
        return world.records(resource, Feed.IDX).stream()
                .filter(record -> record.path("ResourceName").asText("Property").equals("Property"))
                .map(record -> record.get(resource.keyField()).asText())
                .toList();
    }
}
