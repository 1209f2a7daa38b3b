package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.health.Service;
import com.listingsync.common.run.RunState;
import com.listingsync.common.wire.Json;
import com.listingsync.console.command.CommandLineRun;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.embedded.world.SampleWorld;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An {@code up} of the sample that has read everything once, for specs of what is done beside it: {@code
 * RunningSample.of(seed, listings).startIn(folder)}. Its producer waits for commands unless the options say otherwise.
 */
final class RunningSample implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final HttpClient http = HttpClient.newHttpClient();
    private final DataFolder folder;
    private final Stack stack;
    private @Nullable RunState firstRun;

    private RunningSample(DataFolder folder, Stack stack) {
        this.folder = folder;
        this.stack = stack;
    }

    /**
     * What is started.
     *
     * @param seed of the sample
     * @param listings how many the sample has
     * @param settings the environment of whoever types {@code up}
     */
    record Options(long seed, int listings, Map<String, String> settings) {

        Options {
            settings = Map.copyOf(settings);
        }

        Options with(String setting, String value) {
            Map<String, String> more = new TreeMap<>(settings);
            more.put(setting, value);
            return new Options(seed, listings, more);
        }

        /** With a producer that reads every feed at its interval. */
        Options scheduled() {
            return with("SYNC_SCHEDULE", "on");
        }

        /** Starts it, and returns once its first run over everything has ended. */
        RunningSample startIn(Path temporary) throws IOException, InterruptedException {
            RunningSample sample = readyIn(temporary);
            try {
                sample.firstRun = sample.fullRun();
                return sample;
            } catch (RuntimeException e) {
                // The spec fails with this; nothing of it may run on beside the next one's.
                sample.close();
                throw e;
            }
        }

        /** Starts it, on what an earlier one has left there, and returns once all its services are ready. */
        RunningSample readyIn(Path temporary) throws IOException, InterruptedException {
            DataFolder folder = DataFolder.open(temporary.resolve("data"));
            UpPlan plan = new UpPlan(
                    folder.path(),
                    new Ports(OptionalInt.empty()),
                    new Upstreams.Sample(OptionalLong.of(seed), OptionalInt.of(listings)),
                    UpPlan.Ending.STOP_SIGNAL,
                    UpPlan.Result.TABLE);
            RunningSample sample =
                    new RunningSample(folder, new StackStart(plan, folder, settings, () -> false).start());
            try {
                sample.stack.awaitReady(PATIENCE, new StopSignal());
                sample.stack.endpoints().write(folder);
                return sample;
            } catch (IOException | InterruptedException | RuntimeException e) {
                // As above.
                sample.close();
                throw e;
            }
        }
    }

    static Options of(long seed, int listings) {
        return new Options(seed, listings, Map.of("SYNC_SCHEDULE", "off"));
    }

    Stack stack() {
        return stack;
    }

    /** The run over everything that {@link Options#startIn} waited for, as it ended. */
    RunState firstRun() {
        return Objects.requireNonNull(firstRun);
    }

    /** Asks for a run over everything, as {@code up} does, and returns once it has ended. */
    RunState fullRun() {
        try (RunsTail tail = RunsTail.open(stack.kafka())) {
            return new FullRun(stack, () -> true)
                    .follow(tail, Instant.now(), state -> {})
                    .orElseThrow();
        }
    }

    /** The folder that commands beside it are given with {@code --data}. */
    Path data() {
        return folder.path();
    }

    KafkaAccess kafka() {
        return stack.kafka();
    }

    /** What a tool beside it is set to, secrets left out. */
    Map<String, String> environment() {
        return stack.endpoints().environment();
    }

    SampleWorld world() {
        return stack.samples().orElseThrow().world();
    }

    Tables tables() {
        return new Tables(address("jdbc"));
    }

    /** Where a part of it answers: {@code kafka}, {@code jdbc}, {@code supabase}, {@code social}, {@code console}. */
    String address(String part) {
        String address = stack.endpoints().addresses().get(part);
        assertThat(address).as("the address of " + part).isNotNull();
        return String.valueOf(address);
    }

    /** Where a service answers what it is asked about its health. */
    URI service(String name) {
        URI root = stack.endpoints().services().get(name);
        assertThat(root).as("the address of " + name).isNotNull();
        return root;
    }

    /** All meters of a service, as Prometheus reads them. */
    String metrics(String service) {
        return get(service(service).resolve("/metrics"));
    }

    /** What stands at an address, whatever its status. */
    String get(URI address) {
        try {
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new AssertionError(address + " gives no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while asking " + address, e);
        }
    }

    /** The key that its sink writes with: what nothing may print. */
    String serviceRoleKey() {
        String key = Endpoints.supabaseOf(data()).get("SUPABASE_SERVICE_ROLE_KEY");
        assertThat(key).isNotBlank();
        return String.valueOf(key);
    }

    /** Stops some of its services for good. */
    void stop(String... services) {
        stack.services().stream()
                .filter(service -> Arrays.asList(services).contains(service.name()))
                .forEach(Service::close);
    }

    /** A command as somebody types it beside it. */
    CommandLineRun command(String... arguments) {
        return CommandLineRun.of(Map.of(), beside(arguments));
    }

    /** As {@link #command}, where {@code stop} is the Ctrl-C. */
    CommandLineRun command(StopSignal stop, String... arguments) {
        return CommandLineRun.of(Map.of(), stop, beside(arguments));
    }

    /** What a command prints with {@code --json}, however it ends. */
    JsonNode json(String... arguments) {
        CommandLineRun run =
                command(Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new));
        assertThat(run.out()).as(run.err()).isNotBlank();
        try {
            return Json.MAPPER.readTree(run.out());
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + run.out(), e);
        }
    }

    @Override
    public void close() {
        stack.close();
        folder.close();
    }

    private String[] beside(String... arguments) {
        return Stream.concat(
                        Stream.of(arguments), Stream.of("--data", folder.path().toString()))
                .toArray(String[]::new);
    }
}
