package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.listingsync.common.run.Tally;
import com.listingsync.embedded.network.FaultProxy;
import com.listingsync.embedded.network.Weather;
import com.listingsync.embedded.network.Weather.Kind;
import com.listingsync.embedded.postgrest.RestFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Supabase away in every way it can be: nothing is lost, nothing is dead-lettered, nobody is needed, and it is asked once per breaker
 * interval. {@code -Doutage=600} for one of ten minutes, each.
 */
class OutageIT {

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);
    private static final Map<String, String> QUICK = Map.of(
            "SYNC_CIRCUIT_BREAKER_TIMEOUT", BETWEEN_PROBES.toMillis() + "ms",
            "SYNC_CIRCUIT_BREAKER_THRESHOLD", "3",
            "SYNC_REQUEST_TIMEOUT", "500ms");

    @TempDir
    static Path folder;

    private static SinkStack stack;
    private static FaultProxy proxy;

    @BeforeAll
    static void startStack() throws IOException {
        stack = SinkStack.start(folder);
        proxy = stack.proxy();
    }

    @AfterAll
    static void stopStack() {
        proxy.close();
        stack.close();
    }

    /** Begins an outage on the stand-in or its proxy. */
    private interface Outage extends BiConsumer<SinkStack, FaultProxy> {}

    static Stream<Arguments> outages() {
        return Stream.of(
                argumentSet("connections refused", outage((rest, network) -> network.refuse())),
                argumentSet("connections reset", weather(Kind.RESET)),
                argumentSet("blackhole", weather(Kind.BLACKHOLE)),
                argumentSet("answers lost", weather(Kind.ANSWERS_RESET)),
                argumentSet("answers cut short", weather(Kind.ANSWERS_TRUNCATED)),
                argumentSet("503 of the gateway", says(RestFault.gateway(503))),
                argumentSet("520 of the gateway", says(RestFault.gateway(520))),
                argumentSet("429 that names no time", says(RestFault.gateway(429))),
                argumentSet("database gone: 400 without a code", says(RestFault.error(400, "", ""))),
                argumentSet("schema cache gone", says(RestFault.error(503, "PGRST002", "Retrying."))),
                argumentSet("no connection free", says(RestFault.error(504, "PGRST003", "Timed out"))),
                argumentSet("too many connections", says(RestFault.error(503, "53300", "too many"))),
                argumentSet("connections cut", says(RestFault.cut())),
                argumentSet("committed and not answered", says(RestFault.cutAfterCommit())),
                argumentSet("never answered", says(RestFault.hanging())));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void losesNothingAndAsksOncePerInterval(Outage outage) {
        try (SinkTrial trial = new SinkTrial(stack)) {
            trial.start(throughProxy());
            trial.properties(0, 200);
            trial.awaitWritten(200);

            outage.accept(stack, proxy);
            trial.properties(200, 1_200);
            SinkTrial.eventually(() -> assertThat(trial.problems()).isNotEmpty());
            awaitFewProbes(() -> stack.requests() + proxy.connections());
            assertThat(trial.deadLetters()).isEmpty();
            proxy.weather(Weather.FAIR);
            proxy.accept();
            stack.faults().clear();

            trial.awaitWritten(1_200);
            trial.awaitReady();
            assertThat(trial.deadLetters()).isEmpty();
        }
    }

    @Test
    void losesNothingWhileTheServerItselfIsDown() {
        try (SinkTrial trial = new SinkTrial(stack)) {
            trial.start(Map.of());
            trial.awaitReady();
            stack.stopRest();
            try {
                trial.properties(0, 2_000);
                trial.awaitTrouble("no connection to");
            } finally {
                stack.startRest(SinkStack.SECRET);
            }

            trial.awaitWritten(2_000);
            assertThat(trial.tally()).isEqualTo(Tally.of(Tally.WRITTEN, 2_000));
            trial.awaitReady();
            assertThat(trial.deadLetters()).isEmpty();
        }
    }

    @Test
    void goesOnWhenTheServerClosesEachConnectionAfterAnAnswer() {
        try (SinkTrial trial = new SinkTrial(stack)) {
            proxy.weather(Weather.of(Kind.CLOSED_AFTER_ANSWER));
            Map<String, String> small = new HashMap<>(throughProxy());
            small.put("SYNC_BATCH_SIZE", "20");
            trial.start(small);

            trial.properties(0, 500);

            trial.awaitWritten(500);
            assertThat(trial.deadLetters()).isEmpty();
        } finally {
            proxy.weather(Weather.FAIR);
        }
    }

    @Test
    void goesOnAfterIdleConnectionsWereClosed() {
        try (SinkTrial trial = new SinkTrial(stack)) {
            trial.start(throughProxy());
            trial.properties(0, 100);
            trial.awaitWritten(100);

            proxy.closeConnections();
            trial.properties(100, 200);

            trial.awaitWritten(200);
            assertThat(trial.tally().written()).isEqualTo(200);
        }
    }

    /** Time passes, in probes: at most one per interval, and whatever was under way when the circuit opened. */
    private static void awaitFewProbes(LongSupplier asked) {
        long begin = System.nanoTime();
        long before = asked.getAsLong();
        Duration length = Duration.ofSeconds(Long.getLong("outage", 1));
        SinkTrial.untilPassed(length, begin);
        long intervals = Duration.ofNanos(System.nanoTime() - begin).dividedBy(BETWEEN_PROBES) + 1;

        // A probe may be a connection and a request; four were under way.
        assertThat(asked.getAsLong() - before).isLessThanOrEqualTo(2 * (intervals + 4));
    }

    private static Map<String, String> throughProxy() {
        Map<String, String> environment = new HashMap<>(QUICK);
        environment.put("SUPABASE_URL", "http://127.0.0.1:" + proxy.port());
        return environment;
    }

    private static Outage outage(Outage outage) {
        return outage;
    }

    private static Outage weather(Kind kind) {
        return (rest, network) -> network.weather(Weather.of(kind));
    }

    private static Outage says(RestFault fault) {
        return (rest, network) -> rest.faults().failAll(fault);
    }
}
