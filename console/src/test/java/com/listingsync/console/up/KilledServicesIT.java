package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.run.FeedState;
import com.listingsync.common.wire.Json;
import com.listingsync.console.Main;
import com.listingsync.console.command.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Services in processes of their own, killed with kill -9 in the middle of a run; what the run says afterwards is true. Starts seven
 * processes, so it runs when asked for: {@code -Dkills=1}.
 */
@EnabledIfSystemProperty(named = "kills", matches = "\\d+")
class KilledServicesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> SERVICES = List.of("producer", "processor", "sink");

    @TempDir
    Path temporary;

    private final Map<String, Process> processes = new HashMap<>();
    private RunningSample sample;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        sample = RunningSample.of(5, 60).startIn(temporary);
        sample.stop(SERVICES.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        processes.values().forEach(Process::destroyForcibly);
        sample.close();
    }

    @Test
    void balancesTheBooksWhoeverIsKilledAndFailsTheRunThatNobodyReads() throws Exception {
        for (String service : SERVICES) {
            launch(service);
        }
        String run = asked();

        for (String service : SERVICES) {
            awaitProgress(run);
            kill(service);
            launch(service);
        }
        awaitCompleted(run);

        JsonNode state = status(run);
        assertThat(state.get("balanced").asBoolean()).isTrue();
        assertThat(state.get("feeds"))
                .allSatisfy(feed -> assertThat(feed.get("fetched").asLong())
                        .isEqualTo(sum(feed, "skipped", "parked", "written", "unchanged", "refused")));

        String orphaned = asked();
        awaitProgress(orphaned);
        long dead = System.nanoTime();
        kill("producer");
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode failed = status(orphaned);
            assertThat(failed.get("status").asText()).isEqualTo("failed");
            assertThat(failed.get("feeds").findValuesAsText("problem")).contains(FeedState.SILENT);
        });
        assertThat(Duration.ofNanos(System.nanoTime() - dead)).isLessThan(Duration.ofSeconds(60));
        launch("producer");

        awaitCompleted(orphaned);
        assertThat(status(orphaned).get("balanced").asBoolean()).isTrue();
    }

    /** The id of a run that takes some seconds. */
    private String asked() {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> {
                            CommandLineRun run = sample.command("sync", "--connection", "mls-vow", "--force", "--json");
                            return run.exitCode() == 0
                                    ? Json.MAPPER.readTree(run.out()).get("run").asText()
                                    : "";
                        },
                        id -> !id.isEmpty());
    }

    /** Slow machines take long to start a service; a run that was given up meanwhile is taken up again. */
    private void awaitCompleted(String run) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () -> assertThat(status(run).get("status").asText()).isEqualTo("completed"));
    }

    private void awaitProgress(String run) throws IOException {
        JsonNode now = known(run);
        long fetched = now.path("total").path("fetched").asLong();
        Awaitility.await().atMost(PATIENCE).until(() -> {
            JsonNode state = known(run);
            return state.path("total").path("fetched").asLong() > fetched
                    || state.path("status").asText().equals("completed");
        });
    }

    private JsonNode known(String run) throws IOException {
        CommandLineRun status = sample.command("status", run, "--json");
        return Json.MAPPER.readTree(status.exitCode() == 0 ? status.out() : "{}");
    }

    private JsonNode status(String run) throws IOException {
        return Json.MAPPER.readTree(sample.command("status", run, "--json").out());
    }

    private static long sum(JsonNode feed, String... names) {
        long sum = 0;
        for (String name : names) {
            sum += feed.get(name).asLong();
        }
        return sum;
    }

    private void kill(String service) throws InterruptedException {
        Process process = processes.get(service);
        assertThat(process.isAlive()).as(service).isTrue();
        process.destroyForcibly().waitFor();
    }

    private void launch(String service) throws IOException {
        Map<String, String> environment = new HashMap<>(sample.environment());
        environment.putAll(Endpoints.supabaseOf(sample.data()));
        environment.put("SYNC_CONNECTIONS", slowConnections().toString());
        environment.put("SYNC_FIRST_PASS", "command");
        environment.put("SYNC_SCHEDULE", "off");
        environment.put("SYNC_HTTP_PORT", "0");
        environment.put("SYNC_RUN_SILENCE", "20s");
        environment.put("SYNC_INSTANCE", service);
        environment.put("SYNC_STATE_DIR", temporary.resolve("state").toString());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                service));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        temporary.resolve(service + ".log").toFile()));
        builder.environment().putAll(environment);
        processes.put(service, builder.start());
    }

    /** The sample's connections, read so slowly that there is time to kill somebody. */
    private Path slowConnections() throws IOException {
        String all = Files.readString(Path.of(sample.environment().get("SYNC_CONNECTIONS")));
        String slow = all.replace("    view: vow\n", "    view: vow\n    limits: {per_second: 3}\n")
                .replaceAll("(media|rooms): \\{interval: 5s", "$1: {page_size: 25, interval: 5s");
        return Files.writeString(temporary.resolve("slow-connections.yaml"), slow);
    }
}
