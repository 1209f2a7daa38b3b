package com.listingsync.sink.follow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that are being followed, in the order of each partition. Those at the head of a partition that have ended may be
 * recorded; one that has not ended holds back the offsets behind it, and nothing else. Confined to the loop's thread.
 */
final class Window {

    private final Map<TopicPartition, Deque<Entry>> partitions = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> reached = new HashMap<>();
    private int size;

    /**
     * A record and its end.
     *
     * @param change the record
     * @param end what could not be done
     */
    record Entry(ConsumerRecord<byte[], byte[]> change, CompletableFuture<List<Unmet>> end) {

        TopicPartition partition() {
            return new TopicPartition(change.topic(), change.partition());
        }
    }

    void add(Entry entry) {
        partitions
                .computeIfAbsent(entry.partition(), partition -> new ArrayDeque<>())
                .add(entry);
        size++;
    }

    /** Everything before these offsets has been added, and marks of transactions lie before them, too. */
    void reached(Map<TopicPartition, OffsetAndMetadata> offsets) {
        reached.putAll(offsets);
    }

    /** Records that have not been taken yet. */
    int size() {
        return size;
    }

    /** Takes the ended records at the head of every partition, in the order of their partition. */
    List<Entry> takeEnded() {
        List<Entry> ended = new ArrayList<>();
        for (Deque<Entry> entries : partitions.values()) {
            while (!entries.isEmpty() && entries.peek().end().isDone()) {
                ended.add(entries.remove());
                size--;
            }
        }
        return ended;
    }

    /**
     * Where the partitions of taken entries go on: behind all that was read where nothing is left, so that a mark does not seem
     * to wait.
     *
     * @param ended what {@link #takeEnded} gave last
     */
    Map<TopicPartition, OffsetAndMetadata> offsets(List<Entry> ended) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        ended.forEach(entry -> offsets.put(
                entry.partition(), new OffsetAndMetadata(entry.change().offset() + 1)));
        offsets.replaceAll((partition, behindLast) ->
                isFollowed(partition) ? behindLast : reached.getOrDefault(partition, behindLast));
        return offsets;
    }

    /** Forgets what belongs to partitions that others have now. */
    void forget(Collection<TopicPartition> gone) {
        gone.forEach(partition -> {
            Deque<Entry> entries = partitions.remove(partition);
            size -= entries == null ? 0 : entries.size();
            reached.remove(partition);
        });
    }

    private boolean isFollowed(TopicPartition partition) {
        Deque<Entry> entries = partitions.get(partition);
        return entries != null && !entries.isEmpty();
    }
}
