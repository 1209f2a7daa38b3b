package com.listingsync.console.replay;

import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.kafka.LatestRecords;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * How long the oldest row that the live sink has not dealt with has been waiting for it. Confined to one thread.
 *
 * <p>It compares the group's offsets with where the topic ended at the times it looked, so a row's own timestamp, which may be old for
 * many reasons, says nothing here. A sink that is not running waits for nobody.
 */
final class LiveLag implements AutoCloseable {

    private static final Duration PEEK = Duration.ofMillis(100);

    /** Whether the sink runs is looked at this often. */
    private static final long MEMBERS_MILLIS = 3_000;

    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer;
    private final String group;
    private final List<TopicPartition> places;
    private final Map<TopicPartition, Deque<Seen>> history = new HashMap<>();

    /** Where nothing but transaction markers stands between the group and the end. */
    private final Map<TopicPartition, Long> bare = new HashMap<>();

    private boolean runs;
    private long lookedAt = Long.MIN_VALUE;

    /** The topic ended there at this time. */
    private record Seen(long at, long end) {}

    LiveLag(KafkaAccess access) {
        this.group = access.topics().prefix() + "-sink";
        this.admin = access.admin();
        this.consumer = access.consumer();
        try {
            this.places = LatestRecords.partitions(consumer, access.topics().rows());
        } catch (RuntimeException e) {
            // Whoever replays is told.
            close();
            throw e;
        }
    }

    /**
     * Looks.
     *
     * @param now in milliseconds from any origin
     * @throws KafkaException when Kafka does not answer
     */
    Duration look(long now) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(places);
        ends.forEach((place, end) -> note(place, end, now));
        if (!sinkRuns(now)) {
            return Duration.ZERO;
        }
        Map<TopicPartition, OffsetAndMetadata> reached =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        long longest = 0;
        for (TopicPartition place : places) {
            OffsetAndMetadata at = reached.get(place);
            longest = Math.max(longest, waiting(place, at == null ? 0 : at.offset(), now));
        }
        return Duration.ofMillis(longest);
    }

    @Override
    public void close() {
        consumer.close();
        admin.close(Duration.ZERO);
    }

    private void note(TopicPartition place, long end, long now) {
        Deque<Seen> seen = history.computeIfAbsent(place, p -> new ArrayDeque<>());
        if (seen.isEmpty() || seen.getLast().end() < end) {
            seen.addLast(new Seen(now, end));
        }
    }

    private long waiting(TopicPartition place, long reached, long now) {
        Deque<Seen> seen = history.getOrDefault(place, new ArrayDeque<>());
        while (!seen.isEmpty() && seen.getFirst().end() <= reached) {
            seen.removeFirst();
        }
        if (seen.isEmpty() || seen.getLast().end() <= bare.getOrDefault(place, 0L)) {
            return 0;
        }
        if (!holdsRows(place, reached)) {
            bare.put(place, seen.getLast().end());
            return 0;
        }
        return now - seen.getFirst().at();
    }

    /** A commit leaves a marker after its rows, which no group ever comes by until there is a row behind it. */
    private boolean holdsRows(TopicPartition place, long reached) {
        consumer.assign(List.of(place));
        consumer.seek(place, reached);
        return !consumer.poll(PEEK).isEmpty();
    }

    private boolean sinkRuns(long now) {
        if (lookedAt == Long.MIN_VALUE || now - lookedAt > MEMBERS_MILLIS) {
            lookedAt = now;
            try {
                runs = get(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                        .anyMatch(described -> !described.members().isEmpty());
            } catch (org.apache.kafka.common.errors.GroupIdNotFoundException e) {
                // No sink has ever run here.
                runs = false;
            }
        }
        return runs;
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            // The replay ends; nobody waits for the answer.
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        }
    }
}
