package com.listingsync.sink;

import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what has been committed to a topic. */
public final class CommittedTopic {

    private CommittedTopic() {}

    /** Every committed record of a topic, from its beginning to its present end. */
    public static List<ConsumerRecord<byte[], byte[]>> read(String bootstrapServers, String topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            Set<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .collect(Collectors.toSet());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            while (end.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }

    /** What the outcomes of a topic add up to for one run. */
    public static Tally tally(String bootstrapServers, String topic, String run) {
        return read(bootstrapServers, topic).stream()
                .filter(record -> new String(record.key()).equals(run))
                .map(record -> Outcome.of(record.value())
                        .fold(
                                s -> Tally.NONE,
                                s -> Tally.NONE,
                                f -> Tally.NONE,
                                r -> Tally.NONE,
                                Outcome.Counted::tally,
                                reading -> Tally.NONE))
                .reduce(Tally.NONE, Tally::plus);
    }
}
