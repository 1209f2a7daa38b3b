package com.listingsync.sink.consume;

import com.listingsync.common.deadletter.Fate;
import com.listingsync.sink.batch.Books;
import com.listingsync.sink.consume.RoundReport.Dead;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What became of rounds that are done and not recorded yet. A transaction costs as much as many rows, so several rounds share one.
 * Confined to the loop's thread.
 */
final class Unrecorded {

    /** How long a round waits for others: what the counts of a run are behind, and what a killed sink's successor writes again. */
    static final Duration LONGEST = Duration.ofMillis(250);

    /** Each holds its record. */
    private static final int MOST_DEAD_LETTERS = 500;

    private final Books books = new Books();
    private final List<Dead> deadLetters = new ArrayList<>();
    private final Map<ByteBuffer, Fate> overtaken = new HashMap<>();
    private final List<RoundReport> notLookedUp = new ArrayList<>();
    private final Map<TopicPartition, Long> begin = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> end = new HashMap<>();
    private long read;
    private long sinceNanos;

    /** Adds the round after those that are here. */
    void add(RoundReport report, long nowNanos) {
        if (isEmpty()) {
            sinceNanos = nowNanos;
        }
        books.add(report.books());
        deadLetters.addAll(report.deadLetters());
        notLookedUp.add(report);
        report.round().begin().forEach(begin::putIfAbsent);
        end.putAll(report.round().end());
        read += report.round().read();
    }

    /** Looks up what the rounds added since the last time have overtaken, in their order; after that their records are let go. */
    void lookUp(Function<RoundReport, List<Fate>> look) {
        while (!notLookedUp.isEmpty()) {
            look.apply(notLookedUp.get(0)).forEach(fate -> overtaken.put(ByteBuffer.wrap(fate.key()), fate));
            notLookedUp.remove(0);
        }
    }

    boolean isEmpty() {
        return end.isEmpty();
    }

    /** How long these may still wait; zero when they are due or hold records, and for ever when there are none. */
    Duration patience(long nowNanos) {
        if (isEmpty()) {
            return Duration.ofSeconds(Long.MAX_VALUE);
        }
        long left = LONGEST.toNanos() - (nowNanos - sinceNanos);
        return left <= 0 || !notLookedUp.isEmpty() || deadLetters.size() >= MOST_DEAD_LETTERS
                ? Duration.ZERO
                : Duration.ofNanos(left);
    }

    /** Their counts. */
    Books books() {
        return books;
    }

    /** What they have come to, in numbers. */
    Entries.Counted counted() {
        Map<Integer, Long> next = new HashMap<>();
        end.forEach((partition, offset) -> next.put(partition.partition(), offset.offset()));
        return new Entries.Counted(read, next, books.tallies());
    }

    /** Their refused records. */
    List<Dead> deadLetters() {
        return deadLetters;
    }

    /** What has become of dead letters whose rows came again. */
    Collection<Fate> overtaken() {
        return overtaken.values();
    }

    /** Offset of the first record per partition: where to go back to if they are not recorded. */
    Map<TopicPartition, Long> begin() {
        return begin;
    }

    /** What to commit, per partition. */
    Map<TopicPartition, OffsetAndMetadata> end() {
        return end;
    }
}
