package com.listingsync.producer;

import com.listingsync.common.event.Entity;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.SourceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed to a source topic as it comes. */
final class Follower implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Seen> seen = new ArrayList<>();

    /**
     * A committed record.
     *
     * @param key of the listing
     * @param sentAt when its producer sent it, in milliseconds since 1970
     */
    record Seen(String connection, String key, long sentAt) {}

    Follower(Broker broker, Entity entity) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                broker.environment().get("KAFKA_BOOTSTRAP_SERVERS"),
                "isolation.level",
                "read_committed");
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        String topic = broker.topics().source(entity).name();
        List<TopicPartition> partitions = IntStream.range(0, Broker.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Everything seen so far. */
    List<Seen> seen() {
        consumer.poll(Duration.ofMillis(20))
                .forEach(record -> seen.add(new Seen(
                        RecordHeaders.readSource(record.headers()).origin().connection(),
                        SourceKey.of(record.key()).listing(),
                        record.timestamp())));
        return seen;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
