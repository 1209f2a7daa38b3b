package com.listingsync.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.health.Service;
import com.listingsync.common.wire.Json;
import com.listingsync.processor.ProcessorApp;
import com.listingsync.producer.ProducerApp;
import com.listingsync.sink.SinkApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The services start with the environment that the compose file gives them, and the images' health checks tell whether they live. */
class ContainerStartIT {

    private static final Path TOP = Path.of("..");
    private static final Pattern DEFAULT = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");
    private static final Pattern HEALTH_CHECK =
            Pattern.compile("HEALTHCHECK [^\\[]*CMD (\\[.*?\\n?.*?])\\n", Pattern.DOTALL);

    private static final Map<String, Function<Map<String, String>, Service>> STARTS = Map.of(
            "producer", ProducerApp::start,
            "processor", ProcessorApp::start,
            "sink", SinkApp::start,
            "console", ConsoleApp::start);

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(STARTS.size());

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Side by side, because each looks for Kafka for some seconds. */
    @Test
    void startAndAnswerTheirHealthChecks() {
        List<CompletableFuture<Void>> trials = STARTS.keySet().stream()
                .map(name -> CompletableFuture.runAsync(() -> startsAndAnswersItsHealthCheck(name), threads))
                .toList();

        assertThat(trials).allSatisfy(trial -> assertThat(trial).succeedsWithin(Duration.ofSeconds(90)));
    }

    private void startsAndAnswersItsHealthCheck(String name) {
        try {
            tryOne(name);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private void tryOne(String name) throws IOException, InterruptedException {
        Map<String, String> environment = environment(name);
        List<String> check = healthCheck(name);
        int port;

        try (Service service = STARTS.get(name).apply(environment)) {
            port = service.endpoint().getPort();
            assertThat(exitCode(check, port)).as(name + " while it lives").isZero();
        }

        assertThat(exitCode(check, port)).as(name + " when it is gone").isNotZero();
    }

    /** As in the container, but for what is not on this machine: Kafka, which every service waits for, and folders. */
    private Map<String, String> environment(String name) throws IOException {
        Map<String, String> environment = new HashMap<>();
        JsonNode compose =
                Json.MAPPER.valueToTree(new Yaml().load(Files.readString(TOP.resolve("docker-compose.yml"))));
        take(compose.path("services").path(name).path("environment"), environment);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        environment.put("SYNC_HTTP_HOST", "127.0.0.1");
        environment.put("SYNC_HTTP_PORT", "0");
        environment.computeIfPresent("SYNC_CONSOLE_PORT", (setting, port) -> "0");
        environment.computeIfPresent("SYNC_STATE_DIR", (setting, dir) -> folder.toString());
        if (environment.containsKey("SYNC_CONNECTIONS")) {
            Path connections = Files.writeString(folder.resolve(name + ".yaml"), """
                    connections:
                      - name: mls
                        kind: mls
                        profile: reso
                        url: http://127.0.0.1:1/
                        auth: {token: t}
                        feeds: {property: {}}
                    """);
            environment.put("SYNC_CONNECTIONS", connections.toString());
        }
        return environment;
    }

    private static void take(JsonNode given, Map<String, String> environment) {
        given.properties().forEach(variable -> {
            if (variable.getKey().equals("<<")) {
                take(variable.getValue(), environment);
            } else {
                environment.putIfAbsent(
                        variable.getKey(),
                        DEFAULT.matcher(variable.getValue().asText()).replaceAll("$1"));
            }
        });
    }

    private static List<String> healthCheck(String name) throws IOException {
        Matcher check = HEALTH_CHECK.matcher(Files.readString(TOP.resolve(name).resolve("Dockerfile")));
        assertThat(check.find()).isTrue();
        JsonNode command = Json.MAPPER.readTree(check.group(1).replace("\\\n", ""));
        return Json.MAPPER.convertValue(
                command, Json.MAPPER.getTypeFactory().constructCollectionType(List.class, String.class));
    }

    private static int exitCode(List<String> command, int port) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SYNC_HTTP_PORT", Integer.toString(port));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
