package com.listingsync.console.kafka;

import com.listingsync.common.topic.LogEnd;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.console.shell.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What stands on a compacted topic now: the last value of every key. Stateless. */
public final class LatestRecords {

    private LatestRecords() {}

    /**
     * Reads the topic to where it ends now.
     *
     * @return by key, in UTF-8, the value; without the keys that were deleted
     * @throws CommandFailure when there is no such topic
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be read
     */
    public static Map<String, byte[]> of(KafkaAccess access, TopicSpec topic) {
        Map<String, byte[]> latest = new TreeMap<>();
        try (Consumer<byte[], byte[]> consumer = access.consumer()) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            LogEnd.readTo(consumer, record -> {
                String key = new String(record.key(), StandardCharsets.UTF_8);
                if (record.value() == null) {
                    latest.remove(key);
                } else {
                    latest.put(key, record.value());
                }
            });
        }
        return latest;
    }

    /**
     * The partitions of a topic.
     *
     * @throws CommandFailure when there is no such topic
     */
    public static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, TopicSpec topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new CommandFailure(
                    "topic " + topic.name() + " does not exist; './listing-sync topics apply' creates it");
        }
        return partitions;
    }
}
