package com.listingsync.sink;

import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what has been committed to a topic. */
public final class CommittedTopic {

    private CommittedTopic() {}

    /** How long a transaction that is open now may take to end; one whose producer was killed is left out. */
    private static final Duration TO_SETTLE = Duration.ofSeconds(5);

    /**
     * Every committed record of a topic, from its beginning to its present end. A commit is answered before its markers are
     * written: what is in the log but not yet decided is waited for.
     */
    public static List<ConsumerRecord<byte[], byte[]>> read(String bootstrapServers, String topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        long settled = System.nanoTime() + TO_SETTLE.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            Set<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .collect(Collectors.toSet());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> end = logEnds(bootstrapServers, partitions);
            Map<TopicPartition, Long> committed = consumer.endOffsets(partitions);
            while (behind(consumer, committed) || (behind(consumer, end) && System.nanoTime() - settled < 0)) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }

    private static boolean behind(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    private static Map<TopicPartition, Long> logEnds(String bootstrapServers, Set<TopicPartition> partitions) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_uncommitted"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.endOffsets(partitions);
        }
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
