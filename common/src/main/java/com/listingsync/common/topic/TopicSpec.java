package com.listingsync.common.topic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * One topic as it must be.
 *
 * @param name full name, prefix included
 * @param key what its record keys are, for people
 * @param value what its record values are, for people
 * @param why why it is kept the way it is
 * @param partitions number of partitions, at least 1
 * @param config topic-level settings, by Kafka's names; all others are the broker's
 */
public record TopicSpec(String name, String key, String value, String why, int partitions, Map<String, String> config) {

    /** History is whole for this long; after it the latest record of a key stays for ever. */
    static final Duration FULL_HISTORY = Duration.ofDays(7);

    public TopicSpec {
        if (partitions < 1) {
            throw new IllegalArgumentException("topic " + name + " needs at least one partition; found " + partitions);
        }
        config = Map.copyOf(config);
    }

    /** Recent history whole, then the latest record of every key for ever. */
    static Map<String, String> compactAfterHistory() {
        Map<String, String> config = new LinkedHashMap<>();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        config.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, Long.toString(FULL_HISTORY.toMillis()));
        return config;
    }

    /** Only the latest record of every key matters. */
    static Map<String, String> compact() {
        return Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    }

    /** Records are dropped this long after they were written. */
    static Map<String, String> deleteAfter(Duration retention) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(retention.toMillis()));
    }
}
