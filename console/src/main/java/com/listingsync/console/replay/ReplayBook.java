package com.listingsync.console.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.run.RunState;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.wire.ControlKey;
import com.listingsync.common.wire.Json;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.kafka.LatestRecords;
import com.listingsync.console.shell.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** All replays as they stand on {@code sync.replays}. Thread-safe: every call has clients of its own. */
final class ReplayBook {

    static final String WISH = "wish";
    static final String COUNTS = "counts";
    static final String SIGN = "sign";

    private final KafkaAccess access;

    ReplayBook(KafkaAccess access) {
        this.access = access;
    }

    /** Everything on the topic, read once. */
    record Snapshot(Map<String, byte[]> records) {

        List<ReplayDefinition> newestFirst() {
            List<ReplayDefinition> all = new ArrayList<>();
            records.forEach((key, value) -> {
                if (ControlKey.parts(key.getBytes(StandardCharsets.UTF_8)).size() == 1) {
                    all.add(read(value, ReplayDefinition.class));
                }
            });
            all.sort(Comparator.comparing(ReplayDefinition::id).reversed());
            return all;
        }

        Optional<ReplayDefinition> definition(String id) {
            return find(new String(ControlKey.of(id), StandardCharsets.UTF_8), ReplayDefinition.class);
        }

        Optional<ReplayWish> wish(String id) {
            return find(key(id, WISH), ReplayWish.class);
        }

        ReplayCounts counts(String id) {
            return find(key(id, COUNTS), ReplayCounts.class).orElse(ReplayCounts.NONE);
        }

        Optional<ReplaySign> sign(String id) {
            return find(key(id, SIGN), ReplaySign.class);
        }

        private <T> Optional<T> find(String key, Class<T> type) {
            return Optional.ofNullable(records.get(key)).map(value -> read(value, type));
        }

        private static String key(String id, String part) {
            return new String(ControlKey.of(id, part), StandardCharsets.UTF_8);
        }
    }

    /**
     * What is on the topic now.
     *
     * @throws CommandFailure when there is no such topic
     */
    Snapshot read() {
        return new Snapshot(LatestRecords.of(access, topic()));
    }

    /** How a replay stands. */
    ReplayStatus status(Snapshot snapshot, ReplayDefinition definition, Map<String, byte[]> runs, long now) {
        if (definition.request().ofRows()) {
            return ReplayStatus.ofRows(
                    definition, snapshot.counts(definition.id()), snapshot.sign(definition.id()), now);
        }
        return ReplayStatus.ofSources(
                definition,
                Optional.ofNullable(runs.get(definition.id())).map(RunState::of),
                snapshot.wish(definition.id()));
    }

    /** The runs, for replays of source topics; empty when there are none of these. */
    Map<String, byte[]> runs(List<ReplayDefinition> definitions) {
        boolean needed = definitions.stream().anyMatch(one -> !one.request().ofRows());
        return needed ? LatestRecords.of(access, access.topics().runs()) : Map.of();
    }

    /** Writes one record; returns when Kafka has it. */
    void write(byte[] key, Object value) {
        try (Producer<byte[], byte[]> producer =
                access.transactional("replays." + new String(key, StandardCharsets.UTF_8))) {
            producer.initTransactions();
            producer.beginTransaction();
            // What can't be written fails the commit.
            Future<?> unused = producer.send(record(access, key, value));
            producer.commitTransaction();
        }
    }

    /** A record of the topic. */
    static ProducerRecord<byte[], byte[]> record(KafkaAccess access, byte[] key, Object value) {
        return new ProducerRecord<>(
                access.topics().replays().name(),
                com.listingsync.common.wire.ListingPartitioner.partition(
                        key, access.topics().partitions()),
                key,
                bytes(value));
    }

    private TopicSpec topic() {
        return access.topics().replays();
    }

    private static byte[] bytes(Object value) {
        try {
            return Json.MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values can't be written as JSON", e);
        }
    }

    private static <T> T read(byte[] bytes, Class<T> type) {
        try {
            return Json.MAPPER.readValue(bytes, type);
        } catch (IOException e) {
            throw new CommandFailure("a record on sync.replays can't be read: expected " + type.getSimpleName(), e);
        }
    }
}
