package com.listingsync.console.trace;

import com.listingsync.common.topic.LogEnd;
import com.listingsync.common.wire.KeyText;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.trace.LogRecord.Place;
import com.listingsync.console.trace.LogRecord.Source;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads one partition of every topic of the listing path and keeps what belongs to one listing. Keys are compared as bytes and
 * payloads are not copied, so that a partition of a million records takes seconds. Thread-safe; every call has a consumer of its
 * own.
 */
final class PartitionScan {

    private static final byte SEPARATOR = '/';

    private final KafkaAccess access;
    private final ScanProgress progress;

    PartitionScan(KafkaAccess access, ScanProgress progress) {
        this.access = access;
        this.progress = progress;
    }

    /** All records of a listing on these topics, in the order of their partitions. */
    List<LogRecord> of(String listing, Map<TopicPartition, Source> partitions, Optional<Instant> since) {
        byte[] prefix = KeyText.join(listing).getBytes(StandardCharsets.UTF_8);
        List<LogRecord> found = new ArrayList<>();
        read(partitions.keySet(), since, () -> false, record -> {
            if (isOf(prefix, record.key())) {
                found.add(kept(record, Objects.requireNonNull(partitions.get(partition(record)))));
            }
        });
        return found;
    }

    /** The listing of a record whose key has this as its second part, the first that is found; empty when there is none. */
    Optional<String> listingOfChild(String child, Collection<TopicPartition> partitions, Optional<Instant> since) {
        byte[] part = KeyText.join("", child, "").getBytes(StandardCharsets.UTF_8);
        AtomicReference<@Nullable String> found = new AtomicReference<>();
        read(partitions, since, () -> found.get() != null, record -> {
            if (found.get() == null && holds(part, record.key())) {
                found.set(KeyText.split(new String(record.key(), StandardCharsets.UTF_8))
                        .get(0));
            }
        });
        return Optional.ofNullable(found.get());
    }

    private void read(
            Collection<TopicPartition> partitions,
            Optional<Instant> since,
            BooleanSupplier enough,
            Consumer<ConsumerRecord<byte[], ByteBuffer>> each) {
        try (org.apache.kafka.clients.consumer.Consumer<byte[], ByteBuffer> consumer = access.scanner()) {
            consumer.assign(partitions);
            Map<TopicPartition, Long> begins = begin(consumer, partitions, since);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long total = ends.entrySet().stream()
                    .mapToLong(end -> Math.max(0, end.getValue() - begins.getOrDefault(end.getKey(), 0L)))
                    .sum();
            LogEnd.readTo(consumer, each, left -> {
                progress.at(Math.max(0, total - left), total);
                return !enough.getAsBoolean();
            });
        }
    }

    private static Map<TopicPartition, Long> begin(
            org.apache.kafka.clients.consumer.Consumer<byte[], ByteBuffer> consumer,
            Collection<TopicPartition> partitions,
            Optional<Instant> since) {
        Map<TopicPartition, Long> begins = new HashMap<>(consumer.beginningOffsets(partitions));
        if (since.isPresent()) {
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, since.get().toEpochMilli()));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.offsetsForTimes(times)
                    .forEach((partition, at) ->
                            begins.put(partition, at == null ? ends.getOrDefault(partition, 0L) : at.offset()));
        }
        begins.forEach(consumer::seek);
        return begins;
    }

    private static LogRecord kept(ConsumerRecord<byte[], ByteBuffer> record, Source source) {
        return new LogRecord(
                source,
                new Place(record.topic(), record.partition(), record.offset()),
                record.timestamp(),
                new String(record.key(), StandardCharsets.UTF_8),
                LogRecord.text(record.headers()),
                source == Source.STATUS && record.value() != null
                        ? Optional.of(StandardCharsets.UTF_8
                                .decode(record.value().duplicate())
                                .toString())
                        : Optional.empty());
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private static boolean isOf(byte[] listing, byte @Nullable [] key) {
        return key != null
                && key.length >= listing.length
                && (key.length == listing.length || key[listing.length] == SEPARATOR)
                && Arrays.equals(key, 0, listing.length, listing, 0, listing.length);
    }

    private static boolean holds(byte[] part, byte @Nullable [] key) {
        if (key == null) {
            return false;
        }
        for (int at = 0; at + part.length <= key.length; at++) {
            if (key[at] == SEPARATOR) {
                return Arrays.equals(key, at, at + part.length, part, 0, part.length);
            }
        }
        return false;
    }
}
