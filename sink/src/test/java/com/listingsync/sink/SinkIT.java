package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.health.Service;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.RecordHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rows between a real broker and a real PostgreSQL. */
class SinkIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static SinkStack stack;

    private Topics topics;
    private RowsTopic rows;
    private Service sink;

    @BeforeAll
    static void startStack() throws IOException {
        stack = SinkStack.start(folder);
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @BeforeEach
    void freshTopics() {
        stack.emptyTables();
        topics = stack.freshTopics();
        rows = new RowsTopic(stack.bootstrapServers(), topics);
    }

    @AfterEach
    void stopSink() {
        if (sink != null) {
            sink.close();
        }
        rows.close();
    }

    @Test
    void writesEachRowOnceAndCountsIt() {
        for (int i = 0; i < 3_000; i++) {
            rows.property("L" + i, 1, "100", Optional.of(RowsTopic.origin("run-1")));
        }
        rows.flush();

        start();

        eventually(() -> assertThat(tally("run-1")).isEqualTo(Tally.of(Tally.WRITTEN, 3_000)));
        assertThat(stack.count("properties")).isEqualTo(3_000);
        assertThat(sink.health().isReady()).isTrue();
    }

    @Test
    void writesTheOtherRowsWhenOneOfFiveHundredIsBad() {
        for (int i = 0; i < 500; i++) {
            rows.property("L" + i, 1, i == 321 ? "\"lots\"" : "100", Optional.of(RowsTopic.origin("run-1")));
        }
        rows.flush();
        long before = stack.requests();

        start(Map.of("SYNC_MAX_IN_FLIGHT", "1", "KAFKA_FETCH_MIN_BYTES", "20000"));

        eventually(() -> assertThat(tally("run-1"))
                .isEqualTo(Tally.of(Tally.WRITTEN, 499).plus(Tally.of(Tally.refused("22P02"), 1))));
        assertThat(stack.count("properties")).isEqualTo(499);
        List<ConsumerRecord<byte[], byte[]>> dead = deadLetters();
        assertThat(dead).hasSize(1);
        assertThat(new String(dead.get(0).key(), StandardCharsets.UTF_8)).isEqualTo("L321/properties/L321");
        assertThat(new String(dead.get(0).value(), StandardCharsets.UTF_8)).contains("\"lots\"");
        assertThat(RecordHeaders.text(dead.get(0).headers(), DeadLetter.CODE)).contains("22P02");
        assertThat(RecordHeaders.text(dead.get(0).headers(), DeadLetter.HTTP_STATUS))
                .contains("400");
        assertThat(RecordHeaders.text(dead.get(0).headers(), DeadLetter.CONNECT_MESSAGE))
                .contains("invalid input syntax for type numeric");
        // A look at each table at start, the batches of the polls that brought the rows, and at most 19 to find the bad
        // one.
        assertThat(stack.requests() - before)
                .isLessThanOrEqualTo(Mapping.standard().layouts().size() + SinkStack.PARTITIONS + 19);
    }

    @Test
    void neverReplacesANewerRow() {
        stack.execute(
                "insert into properties (listing_key, list_price, row_version) values ('L1', 7, 7), ('L2', 7, 7)");
        rows.property("L1", 6, "6", Optional.of(RowsTopic.origin("run-1")));
        rows.property("L2", 8, "8", Optional.of(RowsTopic.origin("run-2")));
        rows.property("L3", 1, "1", Optional.of(RowsTopic.origin("run-1")));
        rows.flush();

        start();

        eventually(() ->
                assertThat(tally("run-1")).isEqualTo(Tally.of(Tally.WRITTEN, 1).plus(Tally.of(Tally.UNCHANGED, 1))));
        eventually(() -> assertThat(tally("run-2")).isEqualTo(Tally.of(Tally.WRITTEN, 1)));
        assertThat(stack.column("select list_price from properties order by listing_key"))
                .containsExactly("7", "8", "1");
    }

    @Test
    void writesTheLastOfSeveralVersions() {
        for (int version = 1; version <= 50; version++) {
            rows.property("L1", version, Integer.toString(version), Optional.of(RowsTopic.origin("run-1")));
        }
        rows.flush();

        start();

        eventually(() ->
                assertThat(stack.column("select list_price from properties")).containsExactly("50"));
        eventually(() -> {
            Tally tally = tally("run-1");
            assertThat(tally.written() + tally.skipped()).isEqualTo(50);
        });
    }

    @Test
    void marksAndPurgesDeletedRows() {
        rows.property("L1", 1, "1", Optional.empty());
        rows.property("L2", 1, "2", Optional.empty());
        rows.media("L2", "M2", 1);
        rows.flush();
        start();
        eventually(() -> assertThat(stack.count("media")).isEqualTo(1));

        rows.markDeleted("properties", "listing_key", "L1", "L1", 2);
        rows.markDeleted("properties", "listing_key", "L9", "L9", 1);
        rows.purge("media", "L2", "M2");
        rows.purge("properties", "L2", "L2");
        rows.flush();

        eventually(() -> assertThat(stack.column(
                        "select listing_key || ' ' || coalesce(list_price::text, '-') || ' ' || (deleted_at is not null)"
                                + " from properties order by 1"))
                .containsExactly("L1 1 true", "L9 - true"));
        assertThat(stack.count("media")).isZero();
    }

    @Test
    void writesParentsBeforeTheirChildren() {
        for (int i = 0; i < 200; i++) {
            rows.media("L" + i, "M" + i, 1);
            rows.property("L" + i, 1, "1", Optional.empty());
        }
        rows.flush();

        start();

        eventually(() -> assertThat(stack.count("media")).isEqualTo(200));
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void refusesChildrenWhoseParentNeverComes() {
        rows.property("L1", 1, "1", Optional.empty());
        rows.media("L1", "M1", 1);
        rows.media("L2", "M2", 1);
        rows.flush();

        start();

        eventually(() -> assertThat(deadLetters()).hasSize(1));
        assertThat(RecordHeaders.text(deadLetters().get(0).headers(), DeadLetter.CODE))
                .contains("23503");
        assertThat(stack.column("select media_key from media")).containsExactly("M1");
    }

    @Test
    void parksRecordsThatAreNoRows() {
        rows.raw("L1/properties/L1".getBytes(StandardCharsets.UTF_8), "{}".getBytes(StandardCharsets.UTF_8), Map.of());
        rows.upsert("no_such_table", "L2", "L2", 1, "\"a\":1", Optional.of(RowsTopic.origin("run-1")));
        rows.property("L3", 1, "1", Optional.empty());
        rows.flush();

        start();

        eventually(() -> assertThat(deadLetters())
                .extracting(dead ->
                        RecordHeaders.text(dead.headers(), DeadLetter.CODE).orElseThrow())
                .containsExactlyInAnyOrder("unreadable", "unknown-table"));
        eventually(() -> assertThat(stack.count("properties")).isEqualTo(1));
        assertThat(tally("run-1")).isEqualTo(Tally.of(Tally.refused("unknown-table"), 1));
    }

    @Test
    void parksRecordsThatANewerReleaseHasWritten() {
        byte[] key = "L1/properties/L1".getBytes(StandardCharsets.UTF_8);
        byte[] value = "{\"shape\":\"to come\"}".getBytes(StandardCharsets.UTF_8);
        rows.raw(
                key,
                value,
                Map.of(
                        "schema",
                        "2",
                        "table",
                        "properties",
                        "connection",
                        "board",
                        "feed",
                        "property",
                        "view",
                        "idx",
                        "run",
                        "run-1"));
        rows.property("L2", 1, "1", Optional.empty());
        rows.flush();

        start();

        eventually(() -> assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(RecordHeaders.text(letter.headers(), DeadLetter.CODE)).contains("unreadable");
            assertThat(RecordHeaders.text(letter.headers(), DeadLetter.CONNECT_MESSAGE))
                    .contains("header 'schema' is 2 and this release reads 1: a newer release has written the record;"
                            + " upgrade this service (docs/upgrade.md), then replay the dead letter");
            assertThat(letter.key()).isEqualTo(key);
            assertThat(letter.value()).isEqualTo(value);
        }));
        eventually(() ->
                assertThat(stack.column("select listing_key from properties")).containsExactly("L2"));
        assertThat(tally("run-1")).isEqualTo(Tally.of(Tally.refused("unreadable"), 1));
    }

    @Test
    void pointsToARowThatIsTooLargeForADeadLetter() {
        stack.limitRecords(topics.deadLetters(Stage.SINK), 2_000);
        String letters = new Random(1)
                .ints(2_000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        rows.property("L1", 1, "\"" + letters + "\"", Optional.of(RowsTopic.origin("run-1")));
        rows.property("L2", 1, "1", Optional.of(RowsTopic.origin("run-1")));
        rows.flush();

        start();

        eventually(() -> assertThat(deadLetters()).hasSize(1));
        ConsumerRecord<byte[], byte[]> dead = deadLetters().get(0);
        assertThat(dead.value()).isEmpty();
        assertThat(RecordHeaders.text(dead.headers(), DeadLetter.CODE)).contains("22P02");
        assertThat(RecordHeaders.text(dead.headers(), DeadLetter.CONNECT_MESSAGE))
                .hasValueSatisfying(words -> assertThat(words).contains("its value is left out"));
        assertThat(RecordHeaders.text(dead.headers(), DeadLetter.CONNECT_OFFSET))
                .isPresent();
        eventually(() -> assertThat(stack.count("properties")).isEqualTo(1));
    }

    private void start() {
        start(Map.of());
    }

    private void start(Map<String, String> more) {
        Map<String, String> environment = stack.environment(topics);
        environment.putAll(more);
        sink = SinkApp.start(environment);
    }

    private Tally tally(String run) {
        return stack.committed().tally(topics, run);
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return stack.committed().on(topics.deadLetters(Stage.SINK));
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(assertion);
    }
}
