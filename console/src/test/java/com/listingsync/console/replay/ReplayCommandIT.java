package com.listingsync.console.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.signal.SignalTarget;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.RowKey;
import com.listingsync.console.ConsoleApp;
import com.listingsync.console.command.CommandLineRun;
import com.listingsync.console.signal.SignalBoard;
import com.listingsync.console.signal.SignalRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

    private ReplayStack stack;
    private Project live;
    private Project copy;
    private RowLog log;

    @BeforeAll
    void start() throws IOException {
        stack = new ReplayStack(folder);
        live = stack.live;
        copy = stack.copy;
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @BeforeEach
    void fill() {
        live.empty();
        copy.empty();
        log = new RowLog(stack.kafka.bootstrapServers(), stack.freshTopics().prefix());
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
    void copyAskedForOverHttpGoesToAProjectOfTheSettingsAndIsVerified() throws Exception {
        Map<String, String> environment = new HashMap<>(log.environment(live));
        environment.put("SYNC_CONSOLE_PORT", "0");
        environment.put("SYNC_CONSOLE_PROJECTS", "copy=COPY_KEY@" + copy.url() + ",live=COPY_KEY@" + live.url());
        environment.put("COPY_KEY", copy.key());
        try (ConsoleApp console = ConsoleApp.start(environment)) {
            HttpResponse<String> elsewhere = post(console, "/api/replays", "{\"topic\":\"rows\",\"target\":\"evil\"}");
            HttpResponse<String> toLive = post(console, "/api/replays", "{\"topic\":\"rows\",\"target\":\"live\"}");
            String replay = Json.MAPPER
                    .readTree(post(console, "/api/replays", "{\"topic\":\"rows\",\"target\":\"copy\"}")
                            .body())
                    .path("replay")
                    .asText();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(get(console, "/api/replays/" + replay)
                                    .path("state")
                                    .asText())
                            .isEqualTo("finished"));
            String verify = Json.MAPPER
                    .readTree(post(console, "/api/verify", "{\"copy\":\"" + replay + "\"}")
                            .body())
                    .path("verify")
                    .asText();
            JsonNode proof = await().atMost(PATIENCE)
                    .until(
                            () -> get(console, "/api/verify/" + verify),
                            job -> !job.path("state").asText().equals("running"));

            assertThat(elsewhere.statusCode()).isEqualTo(422);
            assertThat(elsewhere.body()).contains("target: there is no project 'evil'; there are copy, live");
            assertThat(toLive.statusCode()).isEqualTo(422);
            assertThat(toLive.body()).contains("allowLive");
            assertThat(copy.count("properties")).isEqualTo(30);
            assertThat(proof.at("/result/inSync").asBoolean())
                    .as(proof.toString())
                    .isTrue();
            assertThat(proof.at("/result/compared").asInt()).isEqualTo(31);
            assertThat(get(console, "/api/verify").path("last").isNull())
                    .as("a copy proves nothing of the live project")
                    .isTrue();
        }
    }

    @Test
    void copyThatWasStoppedHalfWayIsNotVerifiedAsOne() throws Exception {
        Map<String, String> environment = new HashMap<>(log.environment(live));
        environment.put("SYNC_CONSOLE_PORT", "0");
        environment.put("SYNC_CONSOLE_PROJECTS", "copy=COPY_KEY@" + copy.url());
        environment.put("COPY_KEY", copy.key());
        try (ConsoleApp console = ConsoleApp.start(environment)) {
            String replay = Json.MAPPER
                    .readTree(post(console, "/api/replays", "{\"topic\":\"rows\",\"target\":\"copy\",\"rate\":1}")
                            .body())
                    .path("replay")
                    .asText();
            post(console, "/api/replays/" + replay + "/stop", "{}");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(get(console, "/api/replays/" + replay)
                                    .path("state")
                                    .asText())
                            .isEqualTo("stopped"));

            HttpResponse<String> verify = post(console, "/api/verify", "{\"copy\":\"" + replay + "\"}");

            assertThat(verify.statusCode()).isEqualTo(409);
            assertThat(verify.body())
                    .contains("copy: expected a replay that has come to its end; " + replay + " is stopped");
        }
    }

    @Test
    void replayThatWasBegunToAnotherPlaceIsNotResumedOverHttp() throws Exception {
        Map<String, String> environment = new HashMap<>(log.environment(live));
        environment.put("SYNC_CONSOLE_PORT", "0");
        environment.put("COPY_KEY", copy.key());
        toCopy("--no-verify");
        try (ConsoleApp console = ConsoleApp.start(environment)) {
            String replay = get(console, "/api/replays").at("/items/0/replay").asText();

            HttpResponse<String> resumed = post(console, "/api/replays/" + replay + "/resume", "{}");

            assertThat(resumed.statusCode()).isEqualTo(422);
            assertThat(resumed.body()).contains("none of the projects that SYNC_CONSOLE_PROJECTS names");
        }
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

    private static JsonNode get(ConsoleApp console, String path) throws IOException, InterruptedException {
        return Json.MAPPER.readTree(HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(console.api() + path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private static HttpResponse<String> post(ConsoleApp console, String path, String body)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(console.api() + path))
                                .header("content-type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
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
