package com.listingsync.console.watch;

import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.console.kafka.KafkaAccess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each of our consumer groups is behind, by topic. Measured by one thread; its gauges are read by any. The mark that ends a
 * transaction takes a place in its partition too: services commit behind those they have read, and one that was written since then
 * shows as a record until the next.
 */
final class Lags implements AutoCloseable {

    private final Admin admin;
    private final List<String> prefixes;
    private final Meters meters;
    private final Map<List<String>, Long> behind = new ConcurrentHashMap<>();

    Lags(KafkaAccess access, Meters meters) {
        this.admin = access.admin();
        this.prefixes = List.of(access.topics().prefix() + ".", access.topics().prefix() + "-sink");
        this.meters = meters;
    }

    /**
     * Measures anew.
     *
     * @throws KafkaException when Kafka does not answer
     */
    void measure() {
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = committed();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        committed.values().forEach(offsets -> offsets.keySet().forEach(place -> ends.put(place, OffsetSpec.latest())));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                get(admin.listOffsets(ends).all());
        Map<List<String>, Long> now = new HashMap<>();
        committed.forEach((group, offsets) -> offsets.forEach((place, done) -> {
            ListOffsetsResultInfo end = found.get(place);
            if (end != null && done != null) {
                now.merge(List.of(group, place.topic()), Math.max(0, end.offset() - done.offset()), Long::sum);
            }
        }));
        now.forEach((names, records) -> {
            if (behind.put(names, records) == null) {
                meters.gauge(Meter.LAG, () -> value(names), names.get(0), names.get(1));
            }
        });
        behind.keySet().retainAll(now.keySet());
    }

    /** What was measured is no longer known to be so. */
    void forget() {
        behind.clear();
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ZERO);
    }

    private double value(List<String> names) {
        return Optional.ofNullable(behind.get(names)).map(Long::doubleValue).orElse(Double.NaN);
    }

    private Map<String, Map<TopicPartition, OffsetAndMetadata>> committed() {
        List<String> groups = new ArrayList<>();
        get(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())
                .forEach(group -> groups.add(group.groupId()));
        groups.removeIf(group -> prefixes.stream().noneMatch(group::startsWith));
        if (groups.isEmpty()) {
            return Map.of();
        }
        return get(admin.listConsumerGroupOffsets(groups.stream()
                        .collect(Collectors.toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec())))
                .all());
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            // The console stops; nobody reads these any more.
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking how far groups are behind", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new KafkaException("Kafka did not tell how far groups are behind", e.getCause());
        }
    }
}
