package com.listingsync.sink.consume;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.Fate;
import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.topic.LogEnd;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.RecordHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are dead letters, of the partitions at hand: when such a row comes again, its letter is overtaken, and the log is
 * told so. Read from the dead letters themselves when partitions come; costs a round nothing while there are none. Confined to
 * the loop's thread.
 */
final class RefusedRows {

    /** More letters than this of one partition are a table that refuses everything, and not worth the memory. */
    private static final int MOST = 20_000;

    private final Supplier<Consumer<byte[], byte[]>> readers;
    private final Topics topics;
    private final Map<Integer, Set<ByteBuffer>> keys = new HashMap<>();
    private final boolean heeded;
    private int generation = Integer.MIN_VALUE;

    /** @param readers makes a consumer in no group that sees committed records only */
    RefusedRows(Supplier<Consumer<byte[], byte[]>> readers, Topics topics) {
        this(readers, topics, true);
    }

    private RefusedRows(Supplier<Consumer<byte[], byte[]>> readers, Topics topics, boolean heeded) {
        this.readers = readers;
        this.topics = topics;
        this.heeded = heeded;
    }

    /** For rows that overtake nothing: no dead letter is read. */
    static RefusedRows unheeded(Topics topics) {
        return new RefusedRows(
                () -> {
                    throw new IllegalStateException("no dead letter is read");
                },
                topics,
                false);
    }

    /**
     * What a round has overtaken. Rounds come in their order: what this one has overtaken or refused the next one finds so.
     *
     * @param now of the group: in another generation somebody else may have refused rows of our partitions
     * @throws org.apache.kafka.common.KafkaException when the dead letters can't be read; nothing has changed
     */
    List<Fate> overtaken(RoundReport report, int now, long at) {
        if (!heeded) {
            return List.of();
        }
        if (now != generation) {
            keys.clear();
            generation = now;
        }
        Set<Integer> missing = new HashSet<>();
        report.round().end().keySet().forEach(partition -> missing.add(partition.partition()));
        missing.removeAll(keys.keySet());
        if (!missing.isEmpty()) {
            load(missing);
        }
        Map<ByteBuffer, Fate> overtaken =
                keys.values().stream().allMatch(Set::isEmpty) ? Map.of() : overtaken(report.round(), at);
        keys.values().forEach(set -> set.removeAll(overtaken.keySet()));
        report.deadLetters()
                .forEach(
                        dead -> add(dead.original().partition(), dead.original().key()));
        return List.copyOf(overtaken.values());
    }

    /** A round whose fates were told will not be recorded: what is true is read anew. */
    void forget() {
        keys.clear();
    }

    private Map<ByteBuffer, Fate> overtaken(Round round, long at) {
        Map<ByteBuffer, Fate> overtaken = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> row : round.records()) {
            if (isRefused(row) && ReplayMark.of(row.headers()).isEmpty()) {
                String key = new String(row.key(), StandardCharsets.UTF_8);
                overtaken.put(ByteBuffer.wrap(row.key()), new Fate.Overtaken(row.topic(), key, row.offset(), at));
            }
        }
        return overtaken;
    }

    private boolean isRefused(ConsumerRecord<byte[], byte[]> row) {
        Set<ByteBuffer> refused = keys.get(row.partition());
        return refused != null
                && !refused.isEmpty()
                && row.key() != null
                && refused.contains(ByteBuffer.wrap(row.key()));
    }

    private void load(Set<Integer> missing) {
        String letters = topics.deadLetters(Stage.SINK).name();
        List<TopicPartition> partitions = missing.stream()
                .map(partition -> new TopicPartition(letters, partition))
                .toList();
        Map<Integer, Set<ByteBuffer>> before = new HashMap<>(keys);
        missing.forEach(partition -> keys.put(partition, new HashSet<>()));
        try (Consumer<byte[], byte[]> reader = readers.get()) {
            reader.assign(partitions);
            Map<TopicPartition, Long> begins = reader.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            // The newest are the likeliest to be overtaken, and a takeover must not wait for a month of letters.
            ends.forEach((partition, end) ->
                    reader.seek(partition, Math.max(begins.getOrDefault(partition, 0L), end - MOST)));
            LogEnd.readTo(reader, this::read);
        } catch (RuntimeException e) {
            // Whoever records the round is told and tries again; then all of it is read anew.
            keys.clear();
            keys.putAll(before);
            throw e;
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> letter) {
        boolean row = RecordHeaders.text(letter.headers(), DeadLetter.CONNECT_TOPIC)
                .filter(topics.rows().name()::equals)
                .isPresent();
        if (row) {
            add(letter.partition(), letter.key());
        }
    }

    private void add(int partition, byte @Nullable [] key) {
        Set<ByteBuffer> refused = keys.get(partition);
        if (refused != null && key != null && refused.size() < MOST) {
            refused.add(ByteBuffer.wrap(key));
        }
    }
}
