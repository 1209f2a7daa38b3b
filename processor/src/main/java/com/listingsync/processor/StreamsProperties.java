package com.listingsync.processor;

import com.listingsync.common.topic.Stage;
import com.listingsync.processor.topology.BoundedRocksDb;
import com.listingsync.processor.topology.PoisonRecordHandler;
import com.listingsync.processor.topology.ProcessorMeters;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/** The properties Kafka Streams runs with: our defaults, then what the user sets, then what the guarantees rest on. */
final class StreamsProperties {

    /** Streams' default of 16 KiB makes ten requests of one commit's rows. */
    private static final int PRODUCER_BATCH_BYTES = 256 * 1024;

    /** Written to the store in one batch. For the main consumer the default of 1,000 is better: 5,000 took a tenth of the speed. */
    private static final int RESTORED_RECORDS = 5_000;

    /** A row may be larger than its record; the broker measures it compressed. */
    private static final int MAX_REQUEST_BYTES = 8 * 1024 * 1024;

    /**
     * A killed instance's work is taken over after this long; a closed one leaves at once. The broker's smallest
     * (group.min.session.timeout.ms).
     */
    private static final int SESSION_TIMEOUT_MILLIS = 6_000;

    /** A named instance keeps its partitions this long while it restarts. */
    private static final int NAMED_SESSION_TIMEOUT_MILLIS = 45_000;

    /** How soon a member hears that the group shares its work out anew; whoever waits for it waits twice (KIP-429). */
    private static final int HEARTBEAT_MILLIS = 500;

    /**
     * What a transaction may take beyond the commit interval before the broker rolls it back: whoever takes a killed instance's work
     * over has to wait for that, since its transactional ids are its own and nobody fences them. With the commit interval it ends
     * before the group misses the instance. A living one that stands still for longer, or whose broker does, is fenced, drops what it
     * has not committed and joins again.
     */
    private static final int TRANSACTION_GRACE_MILLIS = 5_000;

    /**
     * Records of several topics are processed as they come, not held back for the order of their timestamps: any interleaving
     * ends in the same tables. With waiting on, Kafka 4.3 formats a log text per empty partition and record
     * (PartitionGroup.readyToProcess), which took a quarter of a stream thread's time.
     */
    private static final long NO_TASK_IDLE = -1;

    private StreamsProperties() {}

    /**
     * @param settings the processor's own
     * @param clients what the user sets for Kafka's clients
     * @param meters where dead letters are counted that Streams itself writes
     */
    static Properties of(ProcessorSettings settings, Map<String, Object> clients, ProcessorMeters meters) {
        Map<String, Object> all = new HashMap<>(defaults(settings));
        all.putAll(clients);
        all.putAll(guarantees(settings));
        all.put(PoisonRecordHandler.METERS, meters);
        Properties properties = new Properties();
        properties.putAll(all);
        return properties;
    }

    private static Map<String, Object> defaults(ProcessorSettings settings) {
        Map<String, Object> p = new HashMap<>();
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
        p.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, NO_TASK_IDLE);
        p.put(
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                settings.stateCache().bytes());
        p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.kafka().topicReplication());
        p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        p.put(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), RESTORED_RECORDS);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        p.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), PRODUCER_BATCH_BYTES);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
        p.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                Math.toIntExact(settings.commitInterval().toMillis() + TRANSACTION_GRACE_MILLIS));
        p.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                settings.named() ? NAMED_SESSION_TIMEOUT_MILLIS : SESSION_TIMEOUT_MILLIS);
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), HEARTBEAT_MILLIS);
        return p;
    }

    private static Map<String, Object> guarantees(ProcessorSettings settings) {
        Map<String, Object> p = new HashMap<>();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafka().bootstrapServers());
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        p.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
        // The streams protocol (KIP-1071) of Kafka 4.3 refuses static members and leaves standbys to the broker's
        // settings.
        p.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        if (settings.named()) {
            p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), settings.instance());
        }
        p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        String deadLetters =
                settings.kafka().topics().deadLetters(Stage.PROCESSOR).name();
        p.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, deadLetters);
        p.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        p.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, PoisonRecordHandler.class);
        p.put(PoisonRecordHandler.PARTITIONS, settings.kafka().topicPartitions());
        return p;
    }
}
