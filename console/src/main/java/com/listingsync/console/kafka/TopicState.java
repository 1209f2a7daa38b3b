package com.listingsync.console.kafka;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.wire.Json;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A topic as the catalogue wants it and as the broker has it. Immutable.
 *
 * @param spec as the catalogue wants it
 * @param partitions as the broker has them, in order; empty when there is no such topic
 * @param config the settings that the broker has, of those that the catalogue sets and of retention
 * @param lag by consumer group, how many offsets of this topic it has not committed yet
 * @param contradictions a sentence for everything in which the two differ; empty when all is as it must be
 */
public record TopicState(
        TopicSpec spec,
        List<PartitionState> partitions,
        Map<String, String> config,
        Map<String, Long> lag,
        List<String> contradictions) {

    /**
     * One partition.
     *
     * @param number from 0
     * @param start offset of its first record
     * @param end offset behind its last one
     * @param bytes size on disk of its largest replica; negative when the broker does not tell
     * @param leader id of the broker that leads it; negative when none does
     * @param replicas how many there are
     * @param inSync how many of them keep up
     */
    public record PartitionState(int number, long start, long end, long bytes, int leader, int replicas, int inSync) {}

    public TopicState {
        partitions = List.copyOf(partitions);
        config = Collections.unmodifiableMap(new TreeMap<>(config));
        lag = Collections.unmodifiableMap(new TreeMap<>(lag));
        contradictions = List.copyOf(contradictions);
    }

    /** Whether the broker has it. */
    public boolean exists() {
        return !partitions.isEmpty();
    }

    /** Offsets from start to end: the records there are, and at most as many again for transactions' ends and what was compacted. */
    public long offsets() {
        return partitions.stream()
                .mapToLong(partition -> partition.end() - partition.start())
                .sum();
    }

    /** Size on disk, of one replica; negative when the broker does not tell. */
    public long bytes() {
        return partitions.stream().anyMatch(partition -> partition.bytes() < 0)
                ? -1
                : partitions.stream().mapToLong(PartitionState::bytes).sum();
    }

    /** One of {@code topics list --json}; with its partitions, the object of {@code topics describe --json}. */
    public ObjectNode json(boolean withPartitions) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("topic", spec.name())
                .put("exists", exists())
                .put("partitionCount", partitions.size())
                .put("records", offsets())
                .put("bytes", bytes() < 0 ? null : (Long) bytes())
                .put("key", spec.key())
                .put("value", spec.value())
                .put("why", spec.why());
        ObjectNode settings = json.putObject("config");
        config.forEach(settings::put);
        ObjectNode lags = json.putObject("lag");
        lag.forEach(lags::put);
        contradictions.forEach(json.putArray("contradictions")::add);
        if (withPartitions) {
            var all = json.putArray("partitions");
            partitions.forEach(partition -> all.addObject()
                    .put("partition", partition.number())
                    .put("start", partition.start())
                    .put("end", partition.end())
                    .put("bytes", partition.bytes() < 0 ? null : (Long) partition.bytes())
                    .put("leader", partition.leader() < 0 ? null : (Integer) partition.leader())
                    .put("replicas", partition.replicas())
                    .put("inSync", partition.inSync()));
        }
        return json;
    }
}
