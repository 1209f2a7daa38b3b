package com.listingsync.processor;

import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.RecordHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reprocess that is killed in its middle goes on where it was, while live records go on arriving. */
class ReprocessIT {

    private static final String RUN = "20261123-080000-again";
    private static final int PARTITIONS = 4;
    private static final int LISTINGS = 1_500;
    private static final int PHOTOS = 3;
    private static final int RECORDS = LISTINGS * (PHOTOS + 1);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    private TestBroker broker;

    /** A row as it left, with the run in whose books it is. */
    private record Row(String key, long version, String run, JsonNode json) {}

    @BeforeEach
    void startBroker() {
        broker = TestBroker.start(folder.resolve("kafka"), PARTITIONS);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void losesAndRepeatsNothingWhenKilledInItsMiddle() throws Exception {
        Path log = folder.resolve("processor.log");
        Map<String, String> environment = new HashMap<>(broker.environment(folder.resolve("state")));
        sendAll();
        try (ProcessorProcess before = ProcessorProcess.start(environment, log)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(rowRecords().size()).isEqualTo(RECORDS));
            before.kill();
        }
        environment.put("SYNC_MAPPING", changedMapping().toString());

        try (ProcessorProcess first = ProcessorProcess.start(environment, log)) {
            request();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(() -> assertThat(rowRecords().size()).isGreaterThan(RECORDS));
            first.kill();
        }
        sendNewerOnes();
        try (ProcessorProcess second = ProcessorProcess.start(environment, log)) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(finished()).isEqualTo(PARTITIONS);
                assertThat(last())
                        .allSatisfy((key, row) -> assertThat(cityOf(row)).isEqualTo(expected(key)));
            });

            List<Row> again =
                    rows().stream().filter(row -> row.run().equals(RUN)).toList();
            assertThat(again).extracting(Row::key).doesNotHaveDuplicates();
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(tally().fetched()).isEqualTo(announced()).isGreaterThanOrEqualTo(RECORDS);
                assertThat(again.size() + tally().skipped()).isEqualTo(tally().fetched());
            });
            assertThat(tally().refused()).isZero();
        }
    }

    private void sendAll() {
        for (int i = 0; i < LISTINGS; i++) {
            broker.send(property("L" + i, 1, "\"City\":\"old\",\"CityRegion\":\"new\""));
            for (int j = 0; j < PHOTOS; j++) {
                broker.send(media(
                        "L" + i, "M" + i + "-" + j, 1, "\"ShortDescription\":\"old\",\"LongDescription\":\"new\""));
            }
        }
        broker.flush();
    }

    private void sendNewerOnes() {
        for (int i = 0; i < LISTINGS; i += 10) {
            broker.send(property("L" + i, 2, "\"City\":\"old\",\"CityRegion\":\"newer\""));
        }
        broker.flush();
    }

    private void request() {
        ReprocessRequest request = new ReprocessRequest(RUN, List.of(), List.of(), "test");
        for (int partition = 0; partition < PARTITIONS; partition++) {
            broker.send(broker.topics().reprocess(), partition, RUN.getBytes(StandardCharsets.UTF_8), request.bytes());
        }
        broker.flush();
    }

    private Path changedMapping() throws IOException {
        String text = Mapping.standardText()
                .replace("city: {from: City}", "city: {from: CityRegion}")
                .replace("short_description: {from: ShortDescription}", "short_description: {from: LongDescription}");
        return Files.writeString(folder.resolve("mapping.yaml"), text);
    }

    private static String cityOf(Row row) {
        return row.json()
                .path(row.key().contains("/media/") ? "short_description" : "city")
                .asText();
    }

    private static String expected(String key) {
        return key.contains("/properties/") && key.endsWith("0") ? "newer" : "new";
    }

    private Map<String, Row> last() {
        Map<String, Row> last = new HashMap<>();
        for (Row row : rows()) {
            Row before = last.put(row.key(), row);
            assertThat(before == null || before.version() < row.version())
                    .as("row versions of %s grow", row.key())
                    .isTrue();
        }
        return last;
    }

    private List<Row> rows() {
        return rowRecords().stream().map(ReprocessIT::row).toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> rowRecords() {
        return broker.committed(broker.topics().rows()).stream()
                .filter(record -> !key(record).contains("/sync_"))
                .toList();
    }

    private static Row row(ConsumerRecord<byte[], byte[]> record) {
        RowEvent event = RecordHeaders.readRow(record.headers());
        try {
            return new Row(
                    key(record),
                    event.rowVersion(),
                    event.origin().flatMap(origin -> origin.run()).orElse(""),
                    Json.MAPPER.readTree(record.value()));
        } catch (IOException e) {
            throw new AssertionError("a row is JSON", e);
        }
    }

    /** What all partitions said they would read: the log up to where it ended when each got its request. */
    private long announced() {
        return outcomes().stream()
                .mapToLong(outcome -> outcome instanceof Outcome.FeedStarted started && started.expected() != null
                        ? started.expected()
                        : 0)
                .sum();
    }

    private long finished() {
        return outcomes().stream()
                .filter(outcome -> outcome instanceof Outcome.FeedFinished)
                .count();
    }

    private Tally tally() {
        return outcomes().stream()
                .map(outcome -> outcome instanceof Outcome.Counted counted ? counted.tally() : Tally.NONE)
                .reduce(Tally.NONE, Tally::plus);
    }

    private List<Outcome> outcomes() {
        return broker.committed(broker.topics().outcomes()).stream()
                .filter(record -> key(record).equals(RUN))
                .map(record -> Outcome.of(record.value()))
                .toList();
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }
}
