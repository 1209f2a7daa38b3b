package com.listingsync.console.kafka;

import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.console.kafka.TopicState.PartitionState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** Looks at topics and at how far their readers are. Confined to one thread; whoever gave the client closes it. */
public final class TopicInventory {

    private static final Set<String> ALWAYS_SHOWN = Set.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG);

    private final Admin admin;

    public TopicInventory(Admin admin) {
        this.admin = admin;
    }

    /**
     * These topics as they are now.
     *
     * @throws KafkaException when Kafka can't be asked
     */
    public List<TopicState> of(List<TopicSpec> specs) {
        Set<String> present = Answers.get(admin.listTopics().names());
        List<TopicSpec> found =
                specs.stream().filter(spec -> present.contains(spec.name())).toList();
        List<String> names = found.stream().map(TopicSpec::name).toList();
        Map<String, TopicDescription> described =
                Answers.get(admin.describeTopics(names).allTopicNames());
        Map<ConfigResource, Config> configs = Answers.get(admin.describeConfigs(
                        names.stream().map(TopicInventory::resource).toList())
                .all());
        Map<TopicPartition, Long> starts = offsets(described.values(), OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(described.values(), OffsetSpec.latest());
        Map<TopicPartition, Long> sizes = sizes(described.values());
        Map<String, Map<String, Long>> lags = lags(ends);
        Map<String, List<String>> problems = problems(specs);
        List<TopicState> states = new ArrayList<>();
        for (TopicSpec spec : specs) {
            TopicDescription topic = described.get(spec.name());
            states.add(new TopicState(
                    spec,
                    topic == null
                            ? List.of()
                            : topic.partitions().stream()
                                    .map(one -> partition(spec.name(), one, starts, ends, sizes))
                                    .toList(),
                    topic == null ? Map.of() : shown(spec, configs.get(resource(spec.name()))),
                    lags.getOrDefault(spec.name(), Map.of()),
                    problems.getOrDefault(spec.name(), List.of())));
        }
        return states;
    }

    /** How far each group is behind on each topic that it has committed offsets for; by topic, then by group. */
    public Map<String, Map<String, Long>> lags(Map<TopicPartition, Long> ends) {
        Map<String, Map<String, Long>> lags = new HashMap<>();
        for (GroupListing group : Answers.get(admin.listGroups().all())) {
            committed(group.groupId()).forEach((partition, offset) -> {
                Long end = ends.get(partition);
                if (end != null && offset != null) {
                    lags.computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                            .merge(group.groupId(), Math.max(0, end - offset.offset()), Long::sum);
                }
            });
        }
        return lags;
    }

    /** What a group has committed; nothing of one that is gone by now or is of another kind. */
    private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        try {
            return Answers.get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        } catch (org.apache.kafka.common.errors.GroupIdNotFoundException
                | org.apache.kafka.common.errors.GroupAuthorizationException e) {
            // It is not shown; nothing else depends on it.
            return Map.of();
        }
    }

    private Map<String, List<String>> problems(List<TopicSpec> specs) {
        Map<String, List<String>> byTopic = new HashMap<>();
        for (TopicSpec spec : specs) {
            byTopic.put(spec.name(), new TopicAdmin(admin).contradictions(List.of(spec)));
        }
        return byTopic;
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicDescription> topics, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (TopicDescription topic : topics) {
            topic.partitions().forEach(one -> wanted.put(new TopicPartition(topic.name(), one.partition()), which));
        }
        Map<TopicPartition, ListOffsetsResultInfo> answered =
                Answers.get(admin.listOffsets(wanted).all());
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answered.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    /** Bytes of the largest replica of each partition; empty where the broker may not tell. */
    private Map<TopicPartition, Long> sizes(Collection<TopicDescription> topics) {
        List<Integer> brokers = topics.stream()
                .flatMap(topic -> topic.partitions().stream())
                .flatMap(one -> one.replicas().stream())
                .map(Node::id)
                .distinct()
                .toList();
        Map<TopicPartition, Long> sizes = new HashMap<>();
        try {
            Answers.get(admin.describeLogDirs(brokers).allDescriptions())
                    .values()
                    .forEach(folders -> folders.values().forEach(folder -> {
                        for (Map.Entry<TopicPartition, ReplicaInfo> replica :
                                folder.replicaInfos().entrySet()) {
                            sizes.merge(replica.getKey(), replica.getValue().size(), Math::max);
                        }
                    }));
        } catch (org.apache.kafka.common.errors.ApiException e) {
            // The right to describe the cluster is not ours, or a broker is down: sizes are shown as not known.
            return Map.of();
        }
        return sizes;
    }

    private static PartitionState partition(
            String topic,
            TopicPartitionInfo info,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends,
            Map<TopicPartition, Long> sizes) {
        TopicPartition partition = new TopicPartition(topic, info.partition());
        return new PartitionState(
                info.partition(),
                starts.getOrDefault(partition, 0L),
                ends.getOrDefault(partition, 0L),
                sizes.getOrDefault(partition, -1L),
                info.leader() == null ? -1 : info.leader().id(),
                info.replicas().size(),
                info.isr().size());
    }

    private static Map<String, String> shown(TopicSpec spec, @Nullable Config config) {
        Map<String, String> shown = new TreeMap<>();
        for (ConfigEntry entry : Objects.requireNonNull(config).entries()) {
            boolean wanted = spec.config().containsKey(entry.name()) || ALWAYS_SHOWN.contains(entry.name());
            if (wanted && entry.value() != null) {
                shown.put(entry.name(), entry.value());
            }
        }
        return shown;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }
}
