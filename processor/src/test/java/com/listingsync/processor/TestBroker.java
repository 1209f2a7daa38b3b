package com.listingsync.processor;

import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.embedded.kafka.CommittedTopic;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import com.listingsync.embedded.kafka.TopicReader;
import com.listingsync.processor.topology.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker with our topics, and the ends of the pipeline around the processor. */
final class TestBroker implements AutoCloseable {

    private final String bootstrapServers;
    private final Topics topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final TopicReader reader;
    private final Map<String, CommittedTopic> followed = new ConcurrentHashMap<>();

    private AutoCloseable kafka;

    private TestBroker(AutoCloseable kafka, String bootstrapServers, Topics topics) {
        this.kafka = kafka;
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.PARTITIONER_CLASS_CONFIG,
                        ListingPartitioner.class,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        256 * 1024,
                        ProducerConfig.LINGER_MS_CONFIG,
                        20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.reader = new TopicReader(bootstrapServers);
        new TopicAdmin(admin()).createMissing(topics.all(), TopicAdmin.BROKER_DEFAULT_REPLICATION);
    }

    static TestBroker start(Path folder, int partitions) {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0);
        return on(kafka, kafka.bootstrapServers(), partitions);
    }

    /** The same on a broker that runs already; closed with this. */
    static TestBroker on(AutoCloseable kafka, String bootstrapServers, int partitions) {
        return new TestBroker(kafka, bootstrapServers, new Topics("test", partitions));
    }

    /** Stops the broker and starts it again on the same port and data, as an upgrade of it would. */
    void bounce(Path folder) throws Exception {
        kafka.close();
        int port = Integer.parseInt(bootstrapServers.substring(bootstrapServers.indexOf(':') + 1));
        kafka = EmbeddedKafka.start(folder, port);
    }

    Topics topics() {
        return topics;
    }

    /** A client of it; closed with this. */
    Admin admin() {
        return reader.admin();
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** The processor's environment on this broker. */
    Map<String, String> environment(Path stateDir) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        environment.put("SYNC_TOPIC_PREFIX", topics.prefix());
        environment.put("SYNC_TOPIC_PARTITIONS", Integer.toString(topics.partitions()));
        environment.put("SYNC_STATE_DIR", stateDir.toString());
        return environment;
    }

    void send(TestSource record) {
        send(record, record.headers());
    }

    void send(TestSource record, Headers headers) {
        producer.send(new ProducerRecord<>(
                topics.source(record.entity()).name(), null, null, record.key().bytes(), record.value(), headers));
    }

    void send(TopicSpec topic, byte[] key, byte[] value) {
        producer.send(new ProducerRecord<>(topic.name(), key, value));
    }

    void send(TopicSpec topic, int partition, byte[] key, byte[] value) {
        producer.send(new ProducerRecord<>(topic.name(), partition, key, value));
    }

    /** Puts everything that the processor's changelogs hold there once more, changed. */
    void rewriteState(Consumer<byte[]> change) throws Exception {
        List<TopicSpec> changelogs = admin().listTopics().names().get().stream()
                .filter(name -> name.endsWith("-changelog"))
                .map(name -> new TopicSpec(name, "", "", "", topics.partitions(), Map.of()))
                .toList();
        for (TopicSpec changelog : changelogs) {
            for (ConsumerRecord<byte[], byte[]> kept : committed(changelog)) {
                if (kept.value() != null) {
                    change.accept(kept.value());
                    producer.send(new ProducerRecord<>(changelog.name(), kept.partition(), kept.key(), kept.value()));
                }
            }
        }
        flush();
    }

    void flush() {
        producer.flush();
    }

    /** Everything that is committed or about to be on a topic, oldest first within each partition. */
    List<ConsumerRecord<byte[], byte[]>> committed(TopicSpec topic) {
        return followed.computeIfAbsent(topic.name(), reader::topic).settled();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        reader.close();
        try {
            kafka.close();
        } catch (Exception e) {
            throw new IllegalStateException("the broker did not stop", e);
        }
    }
}
