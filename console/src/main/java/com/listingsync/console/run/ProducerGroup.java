package com.listingsync.console.run;

import com.listingsync.common.wire.ControlKey;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.StopSignal;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** The producers that run now, as members of the group that shares the connections out. Confined to one thread. */
public final class ProducerGroup implements AutoCloseable {

    /** A group that is sharing out anew is done within this time. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Admin admin;
    private final String group;
    private final String topic;

    public ProducerGroup(KafkaAccess access) {
        this.admin = access.admin();
        this.group = access.topics().prefix() + ".producer";
        this.topic = access.topics().commands().name();
    }

    /**
     * Those of the connections that no running producer has; looks again for some seconds while there are producers that may
     * be sharing them out anew.
     *
     * @throws KafkaException when Kafka does not answer
     */
    public List<String> unowned(Collection<String> connections, StopSignal stop) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        List<String> unowned = unownedNow(connections);
        while (!unowned.isEmpty() && System.nanoTime() < giveUp && hasMembers() && !stop.await(PAUSE)) {
            unowned = unownedNow(connections);
        }
        return unowned;
    }

    /** Those of the connections that no running producer has at this moment. */
    public List<String> unownedNow(Collection<String> connections) {
        int partitions = partitions();
        Set<TopicPartition> owned = new HashSet<>();
        members().forEach(member -> owned.addAll(member.assignment().topicPartitions()));
        return connections.stream()
                .filter(name -> !owned.contains(
                        new TopicPartition(topic, ListingPartitioner.partition(ControlKey.of(name), partitions))))
                .toList();
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private boolean hasMembers() {
        return !members().isEmpty();
    }

    private Collection<MemberDescription> members() {
        try {
            return get(Objects.requireNonNull(admin.describeConsumerGroups(List.of(group))
                            .describedGroups()
                            .get(group)))
                    .members();
        } catch (GroupIdNotFoundException e) {
            // No producer has ever run here, or none for so long that Kafka has forgotten it.
            return List.of();
        }
    }

    private int partitions() {
        return get(Objects.requireNonNull(
                        admin.describeTopics(List.of(topic)).topicNameValues().get(topic)))
                .partitions()
                .size();
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking which producers run", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new KafkaException("Kafka did not tell which producers run", e.getCause());
        }
    }
}
