package com.listingsync.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.reference.ServiceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * The services start as their images start them, with the libraries that are in there, Java's options and the environment of the compose
 * file; the images' health checks tell whether they live, and a stop is a clean end.
 */
class ContainerStartIT {

    private static final Path TOP = Path.of("..");
    private static final Pattern DEFAULT = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");

    private static final Pattern ENDPOINT = Pattern.compile(" runs endpoint=\"?http://127.0.0.1:(\\d+)");

    /** What the compose file gives a container to stop in. */
    private static final long GRACE_SECONDS = 45;

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(ServiceSettings.ALL.size());

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Side by side, because each looks for Kafka for some seconds. */
    @Test
    void startAndAnswerTheirHealthChecks() {
        List<CompletableFuture<Void>> trials = ServiceSettings.ALL.keySet().stream()
                .map(name -> CompletableFuture.runAsync(() -> startsAndAnswersItsHealthCheck(name), threads))
                .toList();

        assertThat(trials).allSatisfy(trial -> assertThat(trial).succeedsWithin(Duration.ofSeconds(120)));
    }

    private void startsAndAnswersItsHealthCheck(String name) {
        try {
            tryOne(name);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private void tryOne(String name) throws IOException, InterruptedException {
        List<String> check = healthCheck(name);
        Path log = folder.resolve(name + ".log");
        Process service = start(name, log);
        int port;

        try {
            port = port(service, log);
            assertThat(exitCode(check, port)).as(name + " while it lives").isZero();
        } finally {
            service.destroy();
        }

        assertThat(service.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)).as(name).isTrue();
        assertThat(Files.readString(log)).as(name).contains("has stopped").doesNotContain("Exception");
        assertThat(exitCode(check, port)).as(name + " when it is gone").isNotZero();
    }

    /** As in a container whose /tmp can't be written, or is mounted noexec; it once hung there, unhealthy and never restarted. */
    @Test
    void aProcessorWithoutNativeCodeEndsAndSaysWhy() throws IOException, InterruptedException {
        Path log = folder.resolve("processor.log");

        Process processor = start("processor", log, "-Djava.io.tmpdir=" + folder.resolve("nowhere"));

        assertThat(processor.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(processor.exitValue()).isEqualTo(2);
        assertThat(Files.readString(log))
                .contains("SYNC_STATE_STORE: RocksDB's native library can't be loaded: expected "
                        + folder.resolve("nowhere") + " to be a folder")
                .doesNotContain("\tat ");
    }

    /** The image's command, with its class path put together from where its build has it from. */
    private Process start(String name, Path log, String... javaOptions) throws IOException {
        List<String> command = new ArrayList<>(ImageFile.of(name).entryPoint());
        command.addAll(1, List.of(javaOptions));
        command.set(command.indexOf("-cp") + 1, ImageFile.of(name).classPath());
        command.add(name);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().retainAll(Set.of("PATH", "HOME", "JAVA_HOME"));
        builder.environment().putAll(environment(name));
        return builder.start();
    }

    private static int port(Process service, Path log) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            String said = Files.readString(log);
                            assertThat(service.isAlive()).as(said).isTrue();
                            return ENDPOINT.matcher(said)
                                    .results()
                                    .mapToInt(found -> Integer.parseInt(found.group(1)))
                                    .findFirst();
                        },
                        OptionalInt::isPresent)
                .getAsInt();
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
        return ImageFile.of(name).healthCheck();
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
