package com.listingsync.console.deadletter;

import com.listingsync.common.deadletter.LetterId;
import com.listingsync.common.topic.Standstill;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.CommandFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics from somewhere to where they end now, one record at a time, committed ones only. Confined to one thread.
 *
 * <p>Fetches are bounded, so that memory is a few MiB however large the topics are.
 */
final class LetterScan implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Map<String, Object> FLAT = flat();

    private final Consumer<byte[], byte[]> consumer;

    LetterScan(KafkaAccess access) {
        this.consumer = access.consumer(FLAT);
    }

    /** What takes records; returns whether it wants more. */
    interface Taker {
        boolean take(ConsumerRecord<byte[], byte[]> record);
    }

    /**
     * Hands over the records of topics, in order within each partition, until their present ends or until nobody wants more.
     *
     * @param from leaves out what was written before; empty for everything
     * @param progress told now and then how many records have been read
     * @throws CommandFailure when there is no such topic
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be read
     */
    void each(Collection<String> topics, Optional<Instant> from, LongConsumer progress, Taker taker) {
        List<TopicPartition> partitions = new ArrayList<>();
        topics.forEach(topic -> partitions.addAll(partitions(topic)));
        read(partitions, begin(partitions, from), progress, taker);
    }

    /** Hands over the records from these places to where their partitions end now; a place that is gone begins where they begin. */
    void from(Map<TopicPartition, Long> places, LongConsumer progress, Taker taker) {
        Map<TopicPartition, Long> begin = new HashMap<>(consumer.beginningOffsets(places.keySet()));
        places.forEach((place, offset) -> begin.merge(place, offset, Math::max));
        read(List.copyOf(places.keySet()), begin, progress, taker);
    }

    /** Hands over the records of the partition in which a key's are. */
    void partition(String topic, int partition, Taker taker) {
        List<TopicPartition> places = List.of(new TopicPartition(topic, partition));
        read(places, begin(places, Optional.empty()), count -> {}, taker);
    }

    /** The records at these places; those that are not there any more are left out. */
    void at(Collection<LetterId> ids, Taker taker) {
        for (LetterId id : ids.stream()
                .sorted(java.util.Comparator.comparing(LetterId::toString))
                .toList()) {
            one(id).ifPresent(taker::take);
        }
    }

    /** The record at a place; empty when it is not there (any more). */
    Optional<ConsumerRecord<byte[], byte[]>> one(LetterId id) {
        if (partitions(id.topic()).stream().noneMatch(partition -> partition.partition() == id.partition())) {
            return Optional.empty();
        }
        TopicPartition place = new TopicPartition(id.topic(), id.partition());
        List<TopicPartition> places = List.of(place);
        long begin = consumer.beginningOffsets(places).getOrDefault(place, 0L);
        long end = consumer.endOffsets(places).getOrDefault(place, 0L);
        if (id.offset() < begin || id.offset() >= end) {
            return Optional.empty();
        }
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        read(places, Map.of(place, id.offset()), count -> {}, record -> {
            if (record.offset() == id.offset()) {
                found.add(record);
            }
            return false;
        });
        return found.stream().findFirst();
    }

    private void read(
            List<TopicPartition> partitions, Map<TopicPartition, Long> begin, LongConsumer progress, Taker taker) {
        consumer.assign(partitions);
        // A partition that stays assigned stays paused, too.
        consumer.resume(partitions);
        begin.forEach(consumer::seek);
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        Set<TopicPartition> open = new HashSet<>(partitions);
        long count = 0;
        open.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
        consumer.pause(partitions.stream().filter(each -> !open.contains(each)).toList());
        Standstill standstill = new Standstill(PATIENCE);
        while (!open.isEmpty()) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            for (TopicPartition partition : polled.partitions()) {
                long end = ends.getOrDefault(partition, 0L);
                for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
                    if (record.offset() < end && !taker.take(record)) {
                        return;
                    }
                }
            }
            count += polled.count();
            progress.accept(count);
            List<TopicPartition> done = open.stream()
                    .filter(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L))
                    .toList();
            consumer.pause(done);
            done.forEach(open::remove);
            if (!open.isEmpty()) {
                standstill.check(open.stream().mapToLong(consumer::position).sum());
            }
        }
    }

    private Map<TopicPartition, Long> begin(List<TopicPartition> partitions, Optional<Instant> from) {
        Map<TopicPartition, Long> begin = new HashMap<>(consumer.beginningOffsets(partitions));
        if (from.isPresent()) {
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, from.get().toEpochMilli()));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.offsetsForTimes(times)
                    .forEach((partition, found) -> begin.put(
                            partition, found == null ? ends.getOrDefault(partition, 0L) : (Long) found.offset()));
        }
        return begin;
    }

    private List<TopicPartition> partitions(String topic) {
        @Nullable List<PartitionInfo> known = consumer.partitionsFor(topic);
        if (known == null || known.isEmpty()) {
            throw new CommandFailure(
                    "topic " + topic + " does not exist; './listing-sync topics list' shows those of ours, and"
                            + " './listing-sync topics apply' creates them");
        }
        return known.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static Map<String, Object> flat() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1024 * 1024);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        return Map.copyOf(properties);
    }
}
