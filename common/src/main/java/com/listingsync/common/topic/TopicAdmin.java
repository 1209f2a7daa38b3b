package com.listingsync.common.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates and checks the topics of a catalogue on a broker.
 *
 * <p>Thread-safe as far as its {@link Admin} client is, which the caller owns and closes.
 */
public final class TopicAdmin {

    /** Lets the broker choose (its {@code default.replication.factor}). */
    public static final short BROKER_DEFAULT_REPLICATION = -1;

    private static final Duration LEADERS_WITHIN = Duration.ofSeconds(30);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Admin admin;

    public TopicAdmin(Admin admin) {
        this.admin = admin;
    }

    /**
     * Creates the topics that are missing, leaves existing ones alone, and returns once every partition of the new ones has a leader
     * that answers. Metadata names the leader a moment before it takes records, and an idempotent producer that writes in that
     * moment can lose its first batch: the second one gets in ahead of it, and the first is refused until it expires
     * (KAFKA-15591).
     *
     * @return names of the topics created; empty when all were there
     * @throws KafkaException when the broker can't be reached or refuses
     */
    public List<String> createMissing(List<TopicSpec> specs, short replication) {
        Set<String> present = names();
        List<TopicSpec> missing =
                specs.stream().filter(spec -> !present.contains(spec.name())).toList();
        List<NewTopic> topics = missing.stream()
                .map(spec -> new NewTopic(spec.name(), spec.partitions(), replication).configs(spec.config()))
                .toList();
        admin.createTopics(topics).values().forEach((name, created) -> {
            try {
                get(created);
            } catch (TopicExistsException e) {
                // Another service was faster; checking it is a step of its own.
            }
        });
        List<String> created = missing.stream().map(TopicSpec::name).toList();
        awaitLeaders(missing);
        return created;
    }

    /**
     * What on the broker contradicts the catalogue, a sentence each naming topic, expectation and finding.
     *
     * @return empty when all is as it must be
     * @throws KafkaException when the broker can't be reached or refuses
     */
    public List<String> contradictions(List<TopicSpec> specs) {
        Set<String> present = names();
        List<String> problems = new ArrayList<>();
        List<TopicSpec> found = new ArrayList<>();
        for (TopicSpec spec : specs) {
            if (present.contains(spec.name())) {
                found.add(spec);
            } else {
                problems.add("topic " + spec.name() + ": expected " + spec.partitions()
                        + " partitions, but it does not exist; './listing-sync topics apply' creates it");
            }
        }
        Map<String, TopicDescription> descriptions =
                get(admin.describeTopics(found.stream().map(TopicSpec::name).toList())
                        .allTopicNames());
        Map<ConfigResource, Config> configs = get(
                admin.describeConfigs(found.stream().map(TopicAdmin::resource).toList())
                        .all());
        for (TopicSpec spec : found) {
            TopicDescription description = Objects.requireNonNull(descriptions.get(spec.name()));
            Config config = Objects.requireNonNull(configs.get(resource(spec)));
            problems.addAll(contradictions(spec, description.partitions().size(), config));
        }
        return problems;
    }

    private void awaitLeaders(List<TopicSpec> created) {
        long deadline = System.nanoTime() + LEADERS_WITHIN.toNanos();
        while (!created.isEmpty() && !haveLeaders(created)) {
            if (System.nanoTime() - deadline > 0) {
                throw new KafkaException("topics were created, but after " + LEADERS_WITHIN.toSeconds()
                        + " s some of their partitions still have no leader");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private boolean haveLeaders(List<TopicSpec> topics) {
        Map<TopicPartition, OffsetSpec> starts = new HashMap<>();
        try {
            for (TopicDescription topic : get(admin.describeTopics(
                                    topics.stream().map(TopicSpec::name).toList())
                            .allTopicNames())
                    .values()) {
                for (TopicPartitionInfo partition : topic.partitions()) {
                    if (partition.leader() == null) {
                        return false;
                    }
                    starts.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.earliest());
                }
            }
            // Only a leader answers this, out of the log itself.
            get(admin.listOffsets(starts).all());
            return true;
        } catch (UnknownTopicOrPartitionException | LeaderNotAvailableException | NotLeaderOrFollowerException e) {
            // The broker that answered has not come that far; it is asked again.
            return false;
        }
    }

    private static List<String> contradictions(TopicSpec spec, int partitions, Config config) {
        List<String> problems = new ArrayList<>();
        if (partitions != spec.partitions()) {
            problems.add(
                    "topic " + spec.name() + ": expected " + spec.partitions() + " partitions, found " + partitions);
        }
        spec.config().forEach((key, expected) -> {
            ConfigEntry entry = config.get(key);
            String actual = entry == null ? "nothing" : entry.value();
            if (!expected.equals(actual)) {
                problems.add("topic " + spec.name() + ": expected " + key + "=" + expected + ", found " + actual);
            }
        });
        return problems;
    }

    private Set<String> names() {
        return get(admin.listTopics().names());
    }

    private static ConfigResource resource(TopicSpec spec) {
        return new ConfigResource(ConfigResource.Type.TOPIC, spec.name());
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking the broker about topics", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new KafkaException("the broker did not answer about topics", e.getCause());
        }
    }
}
