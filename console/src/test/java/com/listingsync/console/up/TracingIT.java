package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.command.CommandLineRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Every record traced, over the whole system, by a collector that reads what it is sent; and by one that hangs and dies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TracingIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int AFTER_THE_OTHERS = 10;
    private static final int LAST = 20;

    /** Four times as long as it takes with a collector that answers, on a busy machine. */
    private static final Duration UNHURT = Duration.ofSeconds(60);

    @TempDir
    static Path temporary;

    private OtlpCollector collector;
    private RunningSample sample;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        collector = new OtlpCollector();
        sample = RunningSample.of(3, 20)
                .with("SYNC_TRACING", "otlp")
                .with("OTEL_TRACES_SAMPLER", "always_on")
                .with("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint())
                .startIn(temporary);
    }

    @AfterAll
    void stop() {
        sample.close();
        collector.close();
    }

    @Test
    void oneTraceLeadsFromThePageOfTheMlsToTheRequestThatWroteItsRow() {
        List<OtlpSpan> way = Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> wayTo("request", "properties", "mls-vow"), found -> !found.isEmpty());

        assertThat(way)
                .extracting(OtlpSpan::name)
                .containsExactly("request", "upsert batch", "send row", "process", "publish", "poll");
        assertThat(way)
                .extracting(OtlpSpan::service)
                .containsExactly(
                        "listing-sync-sink",
                        "listing-sync-sink",
                        "listing-sync-processor",
                        "listing-sync-processor",
                        "listing-sync-producer",
                        "listing-sync-producer");
        assertThat(way).extracting(OtlpSpan::trace).containsOnly(way.get(0).trace());
        assertThat(way.get(0).attribute("listings.verdict")).isEqualTo("delivered");
        assertThat(way.get(5).attribute("listings.feed")).startsWith("property");
        assertThat(way.get(5).parent()).isEmpty();
        assertThat(way.get(0).endNanos()).isGreaterThan(way.get(5).startNanos());
    }

    @Test
    void everyRowOfABatchIsToldOfInItsOwnTraceAndNamesTheBatch() {
        OtlpSpan batch = Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> collector.spans().stream()
                                .filter(span -> span.name().equals("upsert batch")
                                        && span.links().size() > 1)
                                .findFirst()
                                .orElse(null),
                        found -> found != null);

        assertThat(batch.links()).hasSizeLessThanOrEqualTo(Integer.parseInt(batch.attribute("listings.size")));
        List<OtlpSpan> rows = collector.spans().stream()
                .filter(span -> span.links().contains(batch.trace() + "/" + batch.id()))
                .toList();
        assertThat(rows).hasSameSizeAs(batch.links()).allSatisfy(row -> {
            assertThat(row.name()).isEqualTo("write row");
            assertThat(row.attribute("listings.outcome")).isEqualTo("delivered");
            assertThat(batch.links()).contains(row.trace() + "/" + row.parent());
        });
    }

    @Test
    void spansSayNothingButWhatIsListed() {
        assertThat(collector.spans())
                .isNotEmpty()
                .allSatisfy(span -> assertThat(span.attributes().keySet())
                        .isSubsetOf(Set.of(
                                "listings.connection",
                                "listings.feed",
                                "listings.run",
                                "listings.entity",
                                "listings.listing",
                                "listings.table",
                                "listings.outcome",
                                "listings.size",
                                "listings.verdict",
                                "listings.cause")));
    }

    @Test
    @Order(AFTER_THE_OTHERS)
    void aCollectorThatHangsHoldsNobodyUpAndWhatItMissesIsCounted() throws IOException {
        collector.hang();
        long before = System.nanoTime();

        for (int pass = 0; pass < 3; pass++) {
            assertCompletes();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(UNHURT);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lost("producer")).isPositive());
    }

    @Test
    @Order(LAST)
    void aDeadCollectorHoldsNobodyUp() throws IOException {
        collector.close();
        double before = lost("producer");

        assertCompletes();

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lost("producer")).isGreaterThan(before));
        assertThat(sample.stack().notReady()).isEmpty();
    }

    private void assertCompletes() throws IOException {
        CommandLineRun run = sample.command("sync", "--force", "--wait", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode state = Json.MAPPER.readTree(run.out());
        assertThat(state.get("status").asText()).isEqualTo("completed");
        assertThat(state.get("balanced").asBoolean()).isTrue();
    }

    /** The way up from a request for a table to a page of a connection; empty while no whole one has come. */
    private List<OtlpSpan> wayTo(String name, String table, String connection) {
        return collector.spans().stream()
                .filter(span -> span.name().equals(name)
                        && span.attribute("listings.table").equals(table))
                .map(collector::upwards)
                .filter(way ->
                        way.get(way.size() - 1).attribute("listings.connection").equals(connection))
                .findFirst()
                .orElse(List.of());
    }

    /** Spans that never reached the collector, by the service's own meters. */
    private double lost(String service) {
        return sample.metrics(service)
                .lines()
                .filter(line -> line.startsWith("listings_trace_spans_total") && !line.contains("sent"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
