package com.listingsync.common.setting;

import com.listingsync.common.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How to reach Kafka, and our topics on it.
 *
 * @param bootstrapServers comma-separated {@code host:port}
 * @param topicPrefix first part of every topic name
 * @param topicPartitions partitions of every topic
 * @param topicReplication copies of every partition; -1 leaves it to the broker
 */
public record KafkaSettings(
        @Env(name = "KAFKA_BOOTSTRAP_SERVERS", doc = "Kafka brokers to start from, comma-separated host:port.")
        String bootstrapServers,

        @Env(name = "SYNC_TOPIC_PREFIX", fallback = "listings", doc = "First part of every topic name.")
        String topicPrefix,

        @Env(
                name = "SYNC_TOPIC_PARTITIONS",
                fallback = "12",
                doc = "Partitions of every topic; bounds how many instances of a service share the work. Chosen once.")
        int topicPartitions,

        @Env(
                name = "SYNC_TOPIC_REPLICATION",
                fallback = "-1",
                doc = "Copies of every partition; -1 leaves it to the broker.")
        int topicReplication) {

    private static final String PREFIX = "KAFKA_";

    /** Ours alone: changing one breaks a guarantee, so setting it is a problem and not a preference. */
    private static final Set<String> RESERVED = Set.of(
            "acks",
            "enable.idempotence",
            "transactional.id",
            "enable.auto.commit",
            "isolation.level",
            "group.id",
            "application.id",
            "processing.guarantee",
            "partitioner.class",
            "key.serializer",
            "value.serializer",
            "key.deserializer",
            "value.deserializer");

    public KafkaSettings {
        if (topicReplication != -1 && topicReplication < 1) {
            throw new IllegalArgumentException("SYNC_TOPIC_REPLICATION: expected -1 or at least 1");
        }
        new Topics(topicPrefix, topicPartitions);
    }

    /** The topic catalogue of this deployment. */
    public Topics topics() {
        return new Topics(topicPrefix, topicPartitions);
    }

    private static String property(String variable) {
        String name = variable.endsWith(EnvText.FILE)
                ? variable.substring(0, variable.length() - EnvText.FILE.length())
                : variable;
        return name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static Object text(String variable, String value) {
        try {
            return variable.endsWith(EnvText.FILE) ? EnvText.read(variable, value) : value;
        } catch (IllegalArgumentException e) {
            // Nothing has started; whoever set the path sees this.
            throw new SettingsException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Client properties from every {@code KAFKA_…} variable: the rest of the name in lower case with dots for underscores,
     * so {@code KAFKA_SASL_JAAS_CONFIG} is {@code sasl.jaas.config}; with {@code _FILE} after the name, the value is in that
     * file. Callers put their own on top.
     *
     * @throws SettingsException when a variable names a property that is ours to decide
     */
    public static Map<String, Object> clientProperties(Map<String, String> environment) {
        Map<String, Object> properties = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isBlank()) {
                properties.put(property(name), text(name, value));
            }
        });
        List<String> refused = properties.keySet().stream()
                .filter(RESERVED::contains)
                .sorted()
                .map(property -> PREFIX + property.toUpperCase(Locale.ROOT).replace('.', '_')
                        + ": this property is decided by Listing Sync, because its guarantees depend on it; unset it")
                .toList();
        if (!refused.isEmpty()) {
            throw new SettingsException(refused);
        }
        return properties;
    }
}
