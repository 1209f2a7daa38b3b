package com.listingsync.sink.consume;

import com.listingsync.common.topic.LoneConsumer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** How our Kafka clients are set up. Immutable. */
public final class KafkaClients {

    /**
     * How long a killed instance's partitions wait for their next owner. The shortest that brokers allow by default; heartbeats
     * have a thread of their own, so a slow Supabase does not cost membership.
     */
    private static final String SESSION_TIMEOUT_MS = "6000";

    /** Compressed. Bounds what is held of large rows: three polls at a time. */
    private static final int FETCH_BYTES = 8 * 1024 * 1024;

    /** How soon a member hears that the group shares its work out anew; whoever waits for it waits twice (KIP-429). */
    private static final String HEARTBEAT_MS = "500";

    /**
     * A transaction here lasts milliseconds. One that a killed instance left open keeps its offsets from its successor and its counts
     * from their readers, so it ends before the group misses the instance.
     */
    public static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(5);

    private static final int TRANSACTION_TIMEOUT_MS = (int) TRANSACTION_TIMEOUT.toMillis();

    /** A dead letter is a record that was once accepted, with a few headers more. */
    private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

    private final Map<String, Object> common;
    private final Identity identity;

    /** @param common properties of all our clients; those that our guarantees depend on are put on top */
    public KafkaClients(Map<String, Object> common, Identity identity) {
        this.common = Map.copyOf(common);
        this.identity = identity;
    }

    /** A new member of the group that reads committed records only. */
    public Consumer<byte[], byte[]> consumer(int pollRows) {
        Map<String, Object> config = new HashMap<>(common);
        if ("consumer".equalsIgnoreCase(String.valueOf(config.get(ConsumerConfig.GROUP_PROTOCOL_CONFIG)))) {
            // KIP-848: assignment and session timeout are the broker's then.
            config.remove(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);
            config.remove(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG);
        } else {
            // The default, because under KIP-848 the broker alone sets the session timeout, to at least 45 s, and a
            // killed instance's listings would stand still for that long.
            config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
            config.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
            config.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
        }
        config.put(ConsumerConfig.GROUP_ID_CONFIG, identity.group());
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, identity.transactionalId());
        if (identity.lasting()) {
            config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, identity.transactionalId());
        }
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.putIfAbsent(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, pollRows);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A new consumer in no group that reads committed records only. */
    Consumer<byte[], byte[]> reader() {
        Map<String, Object> config = new HashMap<>(common);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, identity.transactionalId() + "-reader");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return LoneConsumer.ofBytes(config);
    }

    /** A new producer with the instance's transactional id, which fences the one before. */
    public Producer<byte[], byte[]> producer() {
        Map<String, Object> config = new HashMap<>(common);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, identity.transactionalId());
        config.put(ProducerConfig.CLIENT_ID_CONFIG, identity.transactionalId());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TRANSACTION_TIMEOUT_MS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TRANSACTION_TIMEOUT_MS);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // As large as what it was read from: a row that fitted its topic compressed fits this one compressed.
        config.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
