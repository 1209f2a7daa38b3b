package com.listingsync.processor.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.command.ReprocessWish;
import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.Fate;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The whole topology without a broker, and its outputs as values. Time stands still unless a test moves it. */
public final class TopologyHarness implements AutoCloseable {

    public static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    public static final Duration PARKING_LIMIT = Duration.ofDays(7);

    private final Topics topics = new Topics("test", 4);
    private final Meters meters = new Meters();
    private final SentLog log = new SentLog(topics);
    private final ProcessorMeters processorMeters = new ProcessorMeters(meters, clock());
    private TopologyTestDriver driver;
    private final Map<String, JsonNode> table = new TreeMap<>();
    private final Map<String, Tally> counted = new TreeMap<>();

    private Instant now = START;

    /** A row as it left. */
    public record Row(RowKey key, RowEvent event, JsonNode json) {
        @Override
        public String toString() {
            return event.operation() + " " + key + (event.origin().isPresent() ? "" : " derived");
        }
    }

    /** A dead letter as it left. */
    public record Letter(
            String code,
            String column,
            String message,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers headers) {}

    public TopologyHarness() {
        this(Mapping.standard());
    }

    public TopologyHarness(Mapping mapping) {
        this.driver = driver(mapping, START);
    }

    /** Goes on with another mapping and the same state; outputs not yet read are gone. */
    public TopologyHarness restart(Mapping mapping) {
        TopologyTestDriver before = driver;
        driver = driver(mapping, now);
        before.getAllStateStores().keySet().forEach(name -> copy(before, driver, name));
        before.close();
        return this;
    }

    private TopologyTestDriver driver(Mapping mapping, Instant at) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, PoisonRecordHandler.class);
        properties.put(
                StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
                topics.deadLetters(Stage.PROCESSOR).name());
        properties.put(PoisonRecordHandler.PARTITIONS, topics.partitions());
        ListingSetup setup = new ListingSetup(
                topics, mapping, processorMeters, PARKING_LIMIT, Duration.ofSeconds(45), partition -> log);
        return new TopologyTestDriver(new ListingTopology(setup, StoreKind.MEMORY).get(), properties, at);
    }

    private static <K, V> void copy(TopologyTestDriver from, TopologyTestDriver to, String name) {
        KeyValueStore<K, V> target = to.getKeyValueStore(name);
        try (KeyValueIterator<K, V> all = from.<K, V>getKeyValueStore(name).all()) {
            all.forEachRemaining(entry -> target.put(entry.key, entry.value));
        }
    }

    /** Asks for a reprocess and lets it come to its end. */
    public TopologyHarness reprocess(ReprocessRequest command) {
        request(command);
        for (int i = 0; i < 100; i++) {
            driver.advanceWallClockTime(Duration.ofMillis(1));
        }
        return this;
    }

    /** Asks for a reprocess. */
    public TopologyHarness request(ReprocessRequest command) {
        now = now.plusMillis(1);
        input(topics.reprocess())
                .pipeInput(new TestRecord<>(
                        command.run().getBytes(StandardCharsets.UTF_8),
                        command.bytes(),
                        new org.apache.kafka.common.header.internals.RecordHeaders(),
                        now));
        return this;
    }

    /** Wishes something of a reprocess. */
    public TopologyHarness wish(ReprocessWish wish) {
        now = now.plusMillis(1);
        input(topics.reprocess())
                .pipeInput(new TestRecord<>(
                        wish.run().getBytes(StandardCharsets.UTF_8),
                        wish.bytes(),
                        new org.apache.kafka.common.header.internals.RecordHeaders(),
                        now));
        return this;
    }

    /** Sends records, a millisecond apart. */
    public TopologyHarness send(TestSource... records) {
        for (TestSource record : records) {
            now = now.plusMillis(1);
            logged(record);
            input(topics.source(record.entity()))
                    .pipeInput(new TestRecord<>(record.key().bytes(), record.value(), record.headers(), now));
        }
        return this;
    }

    /** Puts a record on the log that the topology has not come to yet. */
    public TopologyHarness logged(TestSource record) {
        log.add(record, now);
        return this;
    }

    public void sendRaw(Entity entity, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        input(topics.source(entity)).pipeInput(new TestRecord<>(key, value, headers, now));
    }

    public void report(String run, Outcome outcome) {
        input(topics.outcomes())
                .pipeInput(new TestRecord<>(
                        run.getBytes(StandardCharsets.UTF_8),
                        outcome.bytes(),
                        new org.apache.kafka.common.header.internals.RecordHeaders(),
                        now));
    }

    public void reportRaw(byte[] run, byte[] outcome) {
        input(topics.outcomes())
                .pipeInput(new TestRecord<>(
                        run, outcome, new org.apache.kafka.common.header.internals.RecordHeaders(), now));
    }

    /** Lets wall-clock time pass. */
    public TopologyHarness pass(Duration time) {
        driver.advanceWallClockTime(time);
        now = now.plus(time);
        return this;
    }

    public Instant now() {
        return now;
    }

    /** Tells the harness's time. */
    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    /** Rows of the mapped tables and the history since the last call, in order. */
    public List<Row> rows() {
        return rowsOf(true);
    }

    /** Rows of {@code sync_state} and {@code sync_log} since the last call. */
    public List<Row> runRows() {
        return rowsOf(false);
    }

    /** What the tables hold after all rows so far, by row key; deleted rows are not in it. Reads the rows. */
    public Map<String, JsonNode> tables() {
        rows();
        return table;
    }

    /** Keys of the announcements of ListingIds since the last call. */
    public List<String> listingIds() {
        return output(topics.listingIds()).readRecordsToList().stream()
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .toList();
    }

    public List<JsonNode> statusChanges() {
        return output(topics.statusChanges()).readRecordsToList().stream()
                .map(record -> json(record.value()))
                .toList();
    }

    public List<Letter> deadLetters() {
        return output(topics.deadLetters(Stage.PROCESSOR)).readRecordsToList().stream()
                .map(record -> new Letter(
                        RecordHeaders.text(record.headers(), DeadLetter.CODE).orElse(""),
                        RecordHeaders.text(record.headers(), DeadLetter.COLUMN).orElse(""),
                        RecordHeaders.text(record.headers(), DeadLetter.CONNECT_MESSAGE)
                                .orElse(""),
                        record.key(),
                        record.value(),
                        record.headers()))
                .toList();
    }

    /** What became of dead letters since the last call. */
    public List<Fate> fates() {
        driver.advanceWallClockTime(Duration.ofMillis(250));
        return output(topics.fates()).readRecordsToList().stream()
                .map(record -> Fate.of(record.value()))
                .toList();
    }

    /** What the processor has counted so far, of all runs and feeds together. */
    public Tally tally() {
        driver.advanceWallClockTime(Duration.ofMillis(250));
        output(topics.outcomes()).readRecordsToList().forEach(record -> {
            if (Outcome.of(record.value()) instanceof Outcome.Counted one) {
                counted.merge(new String(record.key(), StandardCharsets.UTF_8), one.tally(), Tally::plus);
            }
        });
        return counted.values().stream().reduce(Tally.NONE, Tally::plus);
    }

    /** What had been counted of one run when {@link #tally} was last asked. */
    public Tally tallyOf(String run) {
        return counted.getOrDefault(run, Tally.NONE);
    }

    public List<RunState> runs() {
        return output(topics.runs()).readRecordsToList().stream()
                .map(record -> RunState.of(record.value()))
                .toList();
    }

    public Meters meters() {
        return meters;
    }

    @Override
    public void close() {
        driver.close();
        meters.close();
    }

    private List<Row> pendingListingRows = new ArrayList<>();
    private List<Row> pendingRunRows = new ArrayList<>();

    private List<Row> rowsOf(boolean listings) {
        output(topics.rows()).readRecordsToList().stream()
                .map(record ->
                        new Row(RowKey.of(record.key()), RecordHeaders.readRow(record.headers()), json(record.value())))
                .forEach(row -> {
                    if (row.key().table().startsWith("sync_")) {
                        pendingRunRows.add(row);
                    } else {
                        apply(row);
                        pendingListingRows.add(row);
                    }
                });
        List<Row> rows = listings ? pendingListingRows : pendingRunRows;
        if (listings) {
            pendingListingRows = new ArrayList<>();
        } else {
            pendingRunRows = new ArrayList<>();
        }
        return rows;
    }

    /** As the database's guard does: nothing that is not newer changes anything. */
    private void apply(Row row) {
        String key = row.key().toString();
        JsonNode before = versions.get(key);
        if (before != null && before.asLong() >= row.event().rowVersion()) {
            throw new AssertionError("row version of " + row + " did not grow");
        }
        versions.put(key, row.json().path("row_version"));
        if (row.event().operation() == com.listingsync.common.event.Operation.DELETE) {
            table.remove(key);
        } else {
            table.put(key, row.json());
        }
    }

    private final Map<String, JsonNode> versions = new TreeMap<>();

    private TestInputTopic<byte[], byte[]> input(TopicSpec topic) {
        return driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<byte[], byte[]> output(TopicSpec topic) {
        return driver.createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return Json.MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
