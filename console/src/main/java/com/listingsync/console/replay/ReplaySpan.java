package com.listingsync.console.replay;

import com.listingsync.common.topic.TopicSpec;
import com.listingsync.console.kafka.LatestRecords;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * The part of a topic that is replayed; it does not grow while it is.
 *
 * @param starts the first offset, by partition
 * @param ends the offset after the last, by partition
 */
public record ReplaySpan(Map<Integer, Long> starts, Map<Integer, Long> ends) {

    public ReplaySpan {
        starts = Map.copyOf(starts);
        ends = Map.copyOf(ends);
    }

    /**
     * The span between two bounds as the topic is now.
     *
     * @throws com.listingsync.console.shell.CommandFailure when there is no such topic
     */
    static ReplaySpan of(Consumer<byte[], byte[]> consumer, TopicSpec topic, ReplayBound from, ReplayBound to) {
        List<TopicPartition> partitions = LatestRecords.partitions(consumer, topic).stream()
                .filter(place -> wanted(place, from) && wanted(place, to))
                .toList();
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> last = consumer.endOffsets(partitions);
        Map<TopicPartition, OffsetAndTimestamp> since = from.millis() == null
                ? Map.of()
                : consumer.offsetsForTimes(
                        partitions.stream().collect(Collectors.toMap(place -> place, place -> from.millis())));
        Map<Integer, Long> starts = new TreeMap<>();
        Map<Integer, Long> ends = new TreeMap<>();
        for (TopicPartition place : partitions) {
            long end = last.getOrDefault(place, 0L);
            if (to.offset() != null) {
                end = Math.min(end, to.offset());
            }
            long start = first.getOrDefault(place, 0L);
            if (from.offset() != null) {
                start = Math.max(start, from.offset());
            } else if (from.millis() != null) {
                OffsetAndTimestamp found = since.get(place);
                start = found == null ? end : found.offset();
            }
            starts.put(place.partition(), Math.min(start, end));
            ends.put(place.partition(), end);
        }
        return new ReplaySpan(starts, ends);
    }

    /** Offsets in it; compacted records and transaction markers are counted in. */
    long size() {
        return ends.keySet().stream()
                .mapToLong(partition -> end(partition) - start(partition))
                .sum();
    }

    long start(int partition) {
        return starts.getOrDefault(partition, 0L);
    }

    long end(int partition) {
        return ends.getOrDefault(partition, 0L);
    }

    private static boolean wanted(TopicPartition place, ReplayBound bound) {
        return bound.partition() == null || bound.partition() == place.partition();
    }
}
