package com.listingsync.console.kafka;

import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.KafkaSettings;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.topic.LoneConsumer;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ListingPartitioner;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * Where Kafka is and which topics there are ours. Immutable; clients belong to whoever asked for them.
 *
 * @param settings address and topic names
 * @param clientProperties properties of every client, by Kafka's names
 */
public record KafkaAccess(KafkaSettings settings, Map<String, Object> clientProperties) {

    /** A tool answers a person, who waits: Kafka's own minute is long. */
    private static final int PATIENCE_MILLIS = 15_000;

    /** Of one partition in one fetch: enough that round trips cost little, little enough for a small heap. */
    private static final int SCAN_BYTES = 8 << 20;

    public KafkaAccess {
        clientProperties = Map.copyOf(clientProperties);
    }

    /**
     * The access that this environment describes.
     *
     * @throws SettingsException when it does not
     */
    public static KafkaAccess of(Map<String, String> environment) {
        return new KafkaAccess(
                EnvRecords.read(KafkaSettings.class, environment), KafkaSettings.clientProperties(environment));
    }

    public Topics topics() {
        return settings.topics();
    }

    /**
     * An admin client.
     *
     * @throws SettingsException when the address or a property can't be used
     */
    public Admin admin() {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        return made(() -> Admin.create(properties));
    }

    /**
     * A consumer in no group that sees committed records only.
     *
     * @throws SettingsException when the address or a property can't be used
     */
    public Consumer<byte[], byte[]> consumer() {
        return consumer(Map.of());
    }

    /**
     * As {@link #consumer()}, with properties of its own where our guarantees leave a choice.
     *
     * @throws SettingsException when the address or a property can't be used
     */
    public Consumer<byte[], byte[]> consumer(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.putAll(more);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        return made(() -> LoneConsumer.ofBytes(properties));
    }

    /**
     * A producer for transactions, which partitions as all of ours do.
     *
     * @param id unique among the producers that are used at the same time
     * @throws SettingsException when the address or a property can't be used
     */
    public Producer<byte[], byte[]> transactional(String id) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.topicPrefix() + ".console." + id);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, PATIENCE_MILLIS);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, ListingPartitioner.class);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        return made(() -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /**
     * A producer without transactions, which partitions as all of ours do: for single records that anybody may read at once.
     *
     * @throws SettingsException when the address or a property can't be used
     */
    public Producer<byte[], byte[]> plain() {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, ListingPartitioner.class);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 3);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return made(() -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /**
     * A consumer in no group for reading much of the log to where it ends: large fetches, and payloads that are not copied; one is
     * valid until the next poll.
     *
     * @throws SettingsException when the address or a property can't be used
     */
    public Consumer<byte[], ByteBuffer> scanner() {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, SCAN_BYTES);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 2 * SCAN_BYTES);
        return made(() -> new LoneConsumer<>(properties, new ByteBufferDeserializer()));
    }

    private static <T> T made(java.util.function.Supplier<T> client) {
        try {
            return client.get();
        } catch (ConfigException e) {
            // Nothing has been sent: the person corrects the named property.
            throw new SettingsException("Kafka client: " + e.getMessage());
        } catch (KafkaException e) {
            // Kafka wraps what its constructors find wrong, an address that can't be resolved for one.
            throw e.getCause() instanceof ConfigException cause
                    ? new SettingsException("KAFKA_BOOTSTRAP_SERVERS: " + cause.getMessage())
                    : e;
        }
    }
}
