package com.listingsync.producer.publish;

import com.listingsync.common.setting.KafkaSettings;
import com.listingsync.common.topic.LoneConsumer;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.trace.Tracing;
import com.listingsync.common.wire.ListingPartitioner;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes the Kafka clients of this service, with the properties its guarantees rest on. Immutable; what it makes belongs to
 * the caller.
 */
public final class KafkaAccess {

    /**
     * Bounds how long readers of committed data wait for a producer that died in mid-page and was not taken over. A page
     * that takes longer is dropped and read again.
     */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 120_000;

    /** The broker's smallest (group.min.session.timeout.ms): a dead producer's connections move within 10 s. */
    private static final int SESSION_TIMEOUT_MILLIS = 6_000;

    /** How soon a member hears that the group shares its work out anew; whoever waits for it waits twice (KIP-429). */
    private static final int HEARTBEAT_MILLIS = 500;

    private static final int BATCH_BYTES = 128 * 1024;
    private static final int BUFFER_BYTES = 16 * 1024 * 1024;
    private static final int LINGER_MILLIS = 20;
    private static final int LONGEST_BLOCK_MILLIS = 5_000;

    private final KafkaSettings settings;
    private final Map<String, Object> base;
    private final Tracing tracing;

    public KafkaAccess(KafkaSettings settings, Map<String, String> environment) {
        this(settings, environment, Tracing.off());
    }

    /** @param tracing follows some of the records that are put on source topics */
    public KafkaAccess(KafkaSettings settings, Map<String, String> environment, Tracing tracing) {
        this.settings = settings;
        this.base = Map.copyOf(KafkaSettings.clientProperties(environment));
        this.tracing = tracing;
    }

    public Topics topics() {
        return settings.topics();
    }

    Tracing tracing() {
        return tracing;
    }

    /** An admin client that gives up after {@code timeoutMillis}. */
    public Admin admin(int timeoutMillis) {
        Map<String, Object> properties = new HashMap<>(base);
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMillis);
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, timeoutMillis);
        return Admin.create(properties);
    }

    /** The producer of one feed; whoever makes another one for the same feed ends this one. */
    public Producer<byte[], byte[]> transactional(String connection, String feed) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        properties.putAll(base);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(connection, feed));
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        // The first batch of a transaction is refused while the marks of the last one are being written, and then every
        // further one in flight is out of sequence, which costs a round of retries and an error each in the broker's
        // log.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, ListingPartitioner.class);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A producer of single records, in no transaction; what it can't hand to Kafka it refuses after some seconds. */
    public Producer<byte[], byte[]> plain() {
        Map<String, Object> properties = new HashMap<>(base);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK_MILLIS);
        properties.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, ListingPartitioner.class);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer of committed data, outside any group. */
    public Consumer<byte[], byte[]> reader() {
        Map<String, Object> properties = new HashMap<>(base);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, committed());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return LoneConsumer.ofBytes(properties);
    }

    /** A member of the group that shares the connections out. */
    public Consumer<byte[], byte[]> member() {
        Map<String, Object> properties = new HashMap<>(base);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.topicPrefix() + ".producer");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, committed());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private String transactionalId(String connection, String feed) {
        return settings.topicPrefix() + ".producer." + connection + "." + feed;
    }

    private static String committed() {
        return IsolationLevel.READ_COMMITTED.name().toLowerCase(Locale.ROOT);
    }
}
