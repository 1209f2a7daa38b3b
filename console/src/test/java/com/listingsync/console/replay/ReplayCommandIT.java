package com.listingsync.console.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.signal.SignalTarget;
import com.listingsync.common.wire.RowKey;
import com.listingsync.console.command.CommandLineRun;
import com.listingsync.console.signal.SignalBoard;
import com.listingsync.console.signal.SignalRequest;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code replay} as somebody types it: copies that are verified, parts of the log, and a sink that is paused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayCommandIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private EmbeddedKafka kafka;
    private Project live;
    private Project copy;
    private RowLog log;
    private int number;

    @BeforeAll
    void start() throws IOException {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        live = Project.start(folder.resolve("live"));
        copy = Project.start(folder.resolve("copy"));
    }

    @AfterAll
    void stop() {
        copy.close();
        live.close();
        kafka.close();
    }

    @BeforeEach
    void fill() {
        live.empty();
        copy.empty();
        log = new RowLog(kafka.bootstrapServers(), "c" + ++number);
        for (int i = 0; i < 30; i++) {
            log.property("L" + i, 1, Integer.toString(i));
        }
        log.media("L1", "M1", 1);
        log.flush();
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void copyOfTheWholeLogIsVerifiedAtItsEnd() {
        CommandLineRun run = toCopy();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("31 rows compared");
        assertThat(copy.count("properties")).isEqualTo(30);
        assertThat(copy.count("media")).isEqualTo(1);
    }

    @Test
    void copyThatHoldsSomethingElseIsFoundOutUnlessNobodyAsks() {
        copy.execute("insert into properties (listing_key, row_version) values ('MINE', 1)");

        CommandLineRun unasked = toCopy("--no-verify");
        CommandLineRun verified = toCopy();

        assertThat(unasked.exitCode()).as(unasked.err()).isZero();
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.out()).contains("extra", "MINE");
    }

    @Test
    void offsetsOfOnePartitionChooseWhatIsSent() {
        List<String> keys = keysOf(1);
        assertThat(keys).hasSizeGreaterThan(4);

        CommandLineRun run = replay("--entity", "property", "--from", "1:1", "--to", "1:4");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(live.column("select listing_key from properties"))
                .containsExactlyInAnyOrderElementsOf(keys.subList(1, 4));
    }

    @Test
    void offsetForEveryPartitionLeavesOutTheBeginningOfEach() {
        List<String> expected = new ArrayList<>();
        for (int partition = 0; partition < RowLog.PARTITIONS; partition++) {
            List<String> keys = keysOf(partition);
            expected.addAll(keys.subList(2, keys.size()));
        }
        expected.remove("M1");

        CommandLineRun run = replay("--entity", "property", "--from", "2");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(live.column("select listing_key from properties")).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void replayIntoTheProjectOfAPausedSinkWaitsUntilItIsResumed() throws Exception {
        sink(true);
        Replays replays = replays();
        Replays.Started started = replays.start(request(null), Replays.Live.REFUSED);
        try (RunningReplay replay = started.here().orElseThrow()) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                ReplayStatus status = replays.show(started.id());
                assertThat(status.state()).isEqualTo("paused");
                assertThat(status.why().orElse(""))
                        .contains("the sink is paused since", "by ann: migration", "'./listing-sync resume sink'");
            });
            await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> live.count("properties") == 0);

            sink(false);

            assertThat(replay.awaitEnd(PATIENCE)).isTrue();
        }
        assertThat(replays.show(started.id()).state()).isEqualTo("finished");
        assertThat(live.count("properties")).isEqualTo(30);
    }

    @Test
    void replayIntoAnotherProjectGoesOnWhileTheSinkIsPaused() throws Exception {
        sink(true);

        CommandLineRun run = toCopy();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(copy.count("properties")).isEqualTo(30);
        assertThat(live.count("properties")).isZero();
    }

    @Test
    void replayGoesOnWhereItStoodAfterAnOutageInItsMiddle() throws Exception {
        for (int i = 0; i < 600; i++) {
            log.property("O" + i, 1, Integer.toString(i));
        }
        log.flush();
        Replays replays = replays();
        ReplayRequest slow = new ReplayRequest(
                "rows", List.of(), List.of(), null, ReplayBound.NONE, ReplayBound.NONE, null, 0, 200, "tester");
        Replays.Started started = replays.start(slow, Replays.Live.REFUSED);
        try (RunningReplay replay = started.here().orElseThrow()) {
            await().atMost(PATIENCE).until(() -> live.count("properties") > 50);
            live.stopRest();
            try {
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(replays.show(started.id()).state()).isEqualTo("waiting"));
            } finally {
                live.startRest();
            }

            assertThat(replay.awaitEnd(PATIENCE)).isTrue();
        }
        ReplayStatus status = replays.show(started.id());
        assertThat(status.state()).isEqualTo("finished");
        assertThat(status.sent()).isEqualTo(631);
        assertThat(status.total().refused()).isZero();
        assertThat(live.count("properties")).isEqualTo(630);
    }

    private void sink(boolean paused) {
        new SignalBoard(log.access())
                .send(new SignalRequest(SignalTarget.SINK, paused, "ann", "migration"), System.currentTimeMillis());
    }

    private Replays replays() {
        return new Replays(
                log.access(),
                log.environment(live),
                (who, action, selection, counts, problem) -> {},
                Clock.systemUTC());
    }

    private static ReplayRequest request(ReplayTarget target) {
        return new ReplayRequest(
                "rows", List.of(), List.of(), null, ReplayBound.NONE, ReplayBound.NONE, target, 0, 0, "tester");
    }

    private CommandLineRun toCopy(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--target", copy.url(), "--target-key-env", "COPY_KEY"));
        arguments.addAll(Arrays.asList(more));
        return replay(arguments.toArray(String[]::new));
    }

    private CommandLineRun replay(String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay"));
        all.addAll(Arrays.asList(arguments));
        Map<String, String> environment = new HashMap<>(log.environment(live));
        environment.put("COPY_KEY", copy.key());
        return CommandLineRun.of(environment, all.toArray(String[]::new));
    }

    /** What stands in a partition of the rows' topic: the ids of its rows, by offset. */
    private List<String> keysOf(int partition) {
        TopicPartition place = new TopicPartition(log.topics().rows().name(), partition);
        List<String> keys = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = log.access().consumer()) {
            consumer.assign(List.of(place));
            consumer.seekToBeginning(List.of(place));
            long end = consumer.endOffsets(List.of(place)).get(place);
            while (consumer.position(place) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(row -> keys.add(RowKey.of(row.key()).id()));
            }
        }
        return keys;
    }
}
