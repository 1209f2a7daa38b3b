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
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    synchronized void took(TopicPartition partition, long offset) {
        underWay.computeIfAbsent(partition, p -> new TreeSet<>()).add(offset);
        next.put(partition, offset + 1);
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
            long upTo = offsets == null || offsets.isEmpty() ? after : offsets.first();
            if (upTo > committed.getOrDefault(partition, -1L)) {
                safe.put(partition, new OffsetAndMetadata(upTo));
                committed.put(partition, upTo);
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
