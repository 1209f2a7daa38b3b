package com.listingsync.producer.schedule;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which commands are under way, so that an offset is committed only when all before it are done: a command survives the
 * death of the producer that had it. Thread-safe.
 */
final class CommandLedger {

    private final Map<TopicPartition, NavigableSet<Long>> underWay = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    synchronized void took(TopicPartition partition, long offset) {
        underWay.computeIfAbsent(partition, p -> new TreeSet<>()).add(offset);
    }

    /**
     * Everything before these offsets has been taken.
     *
     * @param offsets of partitions that something came from; behind the mark of a command's transaction, so that nothing seems
     *     to wait when all commands are done
     */
    synchronized void reached(Map<TopicPartition, OffsetAndMetadata> offsets) {
        next.putAll(offsets);
    }

    synchronized void done(TopicPartition partition, long offset) {
        NavigableSet<Long> offsets = underWay.get(partition);
        if (offsets != null) {
            offsets.remove(offset);
        }
    }

    /** The offsets that may be committed and have not been; they count as committed from now on. */
    synchronized Map<TopicPartition, OffsetAndMetadata> takeSafe() {
        Map<TopicPartition, OffsetAndMetadata> safe = new HashMap<>();
        next.forEach((partition, after) -> {
            NavigableSet<Long> offsets = underWay.get(partition);
            OffsetAndMetadata upTo =
                    offsets == null || offsets.isEmpty() ? after : new OffsetAndMetadata(offsets.first());
            if (upTo.offset() > committed.getOrDefault(partition, -1L)) {
                safe.put(partition, upTo);
                committed.put(partition, upTo.offset());
            }
        });
        return safe;
    }

    /** Forgets a partition that went to somebody else. */
    synchronized void drop(TopicPartition partition) {
        underWay.remove(partition);
        next.remove(partition);
        committed.remove(partition);
    }
}
