package com.listingsync.console.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.topic.Standstill;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.RowEventReader;
import com.listingsync.common.wire.RowKey;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.kafka.LatestRecords;
import com.listingsync.console.verify.LoggedRow.Fate;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads the rows topic, in order and never twice, and its single records again. Confined to one thread. */
final class RowLogReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    /** A comparison of a large project takes an hour, so it waits for a broker that is restarted. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> places;
    private final Map<String, TableShape> shapes;
    private final Predicate<RowKey> wanted;
    private final Map<Integer, Long> positions = new HashMap<>();
    private final RowEventReader events = new RowEventReader();
    private volatile long read;

    /** @param wanted which rows are looked at */
    RowLogReader(KafkaAccess access, Map<String, TableShape> shapes, Predicate<RowKey> wanted) {
        this.shapes = shapes;
        this.wanted = wanted;
        this.consumer = access.consumer();
        try {
            this.places = LatestRecords.partitions(consumer, access.topics().rows());
            consumer.beginningOffsets(places).forEach((place, begin) -> positions.put(place.partition(), begin));
        } catch (RuntimeException e) {
            // Whoever compares is told.
            consumer.close();
            throw e;
        }
    }

    /** Where the topic ends now, by partition. */
    Map<Integer, Long> ends() {
        Map<Integer, Long> ends = new TreeMap<>();
        consumer.endOffsets(places).forEach((place, end) -> ends.put(place.partition(), end));
        return ends;
    }

    /** Records read so far. */
    long read() {
        return read;
    }

    /**
     * Goes on to these ends.
     *
     * @param enough asked now and then; the reading ends early when it says so
     */
    void readTo(Map<Integer, Long> ends, Consumer<LoggedRow> each, BooleanSupplier enough) {
        consumer.assign(places);
        // What an earlier reading paused at its end would stay so.
        consumer.resume(places);
        places.forEach(place -> consumer.seek(place, positions.getOrDefault(place.partition(), 0L)));
        Standstill standstill = new Standstill(PATIENCE);
        while (!enough.getAsBoolean()) {
            List<TopicPartition> open = places.stream()
                    .filter(place -> consumer.position(place) < ends.getOrDefault(place.partition(), 0L))
                    .toList();
            if (open.isEmpty()) {
                break;
            }
            standstill.check(open.stream().mapToLong(consumer::position).sum());
            consumer.pause(
                    places.stream().filter(place -> !open.contains(place)).toList());
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < ends.getOrDefault(record.partition(), 0L)) {
                    read++;
                    row(record).ifPresent(each);
                }
            }
        }
        places.forEach(place -> positions.put(
                place.partition(),
                Math.max(
                        positions.getOrDefault(place.partition(), 0L),
                        Math.min(consumer.position(place), ends.getOrDefault(place.partition(), 0L)))));
    }

    /** One record again; empty when it is gone, or is no row. */
    Optional<ConsumerRecord<byte[], byte[]>> record(LoggedRow row) {
        TopicPartition place = new TopicPartition(places.get(0).topic(), row.partition());
        consumer.assign(List.of(place));
        consumer.seek(place, row.offset());
        for (int i = 0; i < 20; i++) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                return record.offset() == row.offset() ? Optional.of(record) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The content of a record; empty when it is gone. */
    Optional<JsonNode> content(LoggedRow row) {
        return record(row).filter(record -> record.value() != null).map(record -> parsed(record.value()));
    }

    @Override
    public void close() {
        consumer.close();
    }

    private Optional<LoggedRow> row(ConsumerRecord<byte[], byte[]> record) {
        try {
            RowKey key = RowKey.of(record.key());
            TableShape shape = shapes.get(key.table());
            if (shape == null || !wanted.test(key)) {
                return Optional.empty();
            }
            if (record.value() == null) {
                return Optional.of(logged(key, Fate.PURGED, 0, 0, record));
            }
            RowEvent event = events.read(record.headers());
            long version = shape.layout().guard().isPresent() ? event.rowVersion() : 0;
            return Optional.of(
                    event.operation() == Operation.DELETE
                            ? logged(key, Fate.DELETED, version, 0, record)
                            : logged(key, Fate.PRESENT, version, shape.hash(parsed(record.value())), record));
        } catch (IllegalArgumentException | NullPointerException e) {
            // Not a row: the sink made a dead letter of it, and no table holds it.
            return Optional.empty();
        }
    }

    private static LoggedRow logged(
            RowKey key, Fate fate, long version, long hash, ConsumerRecord<byte[], byte[]> record) {
        return new LoggedRow(
                key.table(), key.id(), key.listing(), fate, version, hash, record.partition(), record.offset());
    }

    private static JsonNode parsed(byte[] json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a row: expected a JSON object", e);
        }
    }
}
