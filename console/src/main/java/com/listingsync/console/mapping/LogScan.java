package com.listingsync.console.mapping;

import com.listingsync.common.topic.LogEnd;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.console.kafka.KafkaAccess;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a partition of a topic from its beginning to its present end. Confined to one thread. */
final class LogScan implements AutoCloseable {

    private final Consumer<byte[], byte[]> consumer;

    LogScan(KafkaAccess access) {
        this.consumer = access.consumer();
    }

    /** How many records there are at most, compacted ones counted in. */
    long size(TopicSpec topic, int partition) {
        List<TopicPartition> place = List.of(new TopicPartition(topic.name(), partition));
        return sum(consumer.endOffsets(place)) - sum(consumer.beginningOffsets(place));
    }

    /** Hands over every committed record there is now, in order. */
    void read(TopicSpec topic, int partition, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        List<TopicPartition> places = List.of(new TopicPartition(topic.name(), partition));
        consumer.assign(places);
        consumer.seekToBeginning(places);
        LogEnd.readTo(consumer, each);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }
}
