package com.listingsync.producer;

import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One real broker for all tests of a run, and topics of its own for each test. */
public final class Broker {

    public static final int PARTITIONS = 3;

    private final String servers;
    private final Topics topics;

    private Broker(String servers, Topics topics) {
        this.servers = servers;
        this.topics = topics;
    }

    /** Fresh topics on the embedded broker. */
    public static Broker withTopics() {
        return withTopics(embedded());
    }

    /** Fresh topics on the broker at {@code bootstrap}. */
    public static Broker withTopics(String bootstrap) {
        Broker broker = new Broker(
                bootstrap, new Topics("t" + UUID.randomUUID().toString().substring(0, 8), PARTITIONS));
        try (Admin admin = broker.admin()) {
            new TopicAdmin(admin).createMissing(broker.topics.all(), (short) 1);
        }
        return broker;
    }

    public Topics topics() {
        return topics;
    }

    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", servers);
        environment.put("SYNC_TOPIC_PREFIX", topics.prefix());
        environment.put("SYNC_TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
        return environment;
    }

    /** Every committed record of a topic up to now. */
    public List<ConsumerRecord<byte[], byte[]>> read(TopicSpec topic) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", servers);
        properties.put("isolation.level", "read_committed");
        List<TopicPartition> partitions = partitions(topic);
        try (Admin admin = admin();
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many offsets a topic has, marks of transactions among them. */
    public long end(TopicSpec topic) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions(topic).forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        try (Admin admin = admin()) {
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<TopicPartition> partitions(TopicSpec topic) {
        return IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
    }

    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", servers));
    }

    private static synchronized String embedded() {
        return Holder.KAFKA.bootstrapServers();
    }

    private static final class Holder {
        static final EmbeddedKafka KAFKA = start();

        private static EmbeddedKafka start() {
            try {
                EmbeddedKafka kafka = EmbeddedKafka.start(Files.createTempDirectory("producer-broker"), 0);
                Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
                return kafka;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
