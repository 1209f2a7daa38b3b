package com.listingsync.sink.consume;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.sink.consume.RoundReport.Dead;
import com.listingsync.sink.ledger.Transactions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Where rounds are recorded: dead letters, counts and offsets in one Kafka transaction, so that all of them are there
 * or none. Confined to the loop's thread.
 */
final class Ledger {

    /**
     * In place of a value that Kafka does not take: with the headers of a dead letter, a record that just fitted its topic may not fit
     * any more. Not null, which would be a purge if it were replayed; no row either, so a replay is refused.
     */
    private static final byte[] NO_ROW = {};

    private static final String LEFT_OUT =
            "; its value is left out, because with these headers it is more than Kafka takes: it is where the headers say";

    private final Transactions transactions;
    private final RefusedRows refused;
    private final Topics topics;
    private final Meters meters;
    private final Clock clock;
    private final Purpose purpose;
    /** Dead letters of the round at hand that Kafka has not taken whole. */
    private final Set<Dead> withoutValue = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param refused the rows that are dead letters
     * @param purpose how counts are written down, and what dead letters are marked with
     */
    Ledger(Transactions transactions, RefusedRows refused, Topics topics, Meters meters, Clock clock, Purpose purpose) {
        this.transactions = transactions;
        this.refused = refused;
        this.topics = topics;
        this.meters = meters;
        this.clock = clock;
        this.purpose = purpose;
    }

    /**
     * Looks up which dead letters the latest rounds have overtaken, so that their records need not be held.
     *
     * @throws KafkaException when the dead letters can't be read; {@link #record} tries again
     */
    void lookUp(Unrecorded rounds, ConsumerGroupMetadata group) {
        rounds.lookUp(report -> refused.overtaken(report, group.generationId(), clock.millis()));
    }

    /** Rounds that were looked up will not be recorded. */
    void giveUp() {
        refused.forget();
    }

    /**
     * Records rounds. After a failure nothing of them may be there, or all of it; the committed offsets tell.
     *
     * @throws CommitFailedException when the group has given the partitions to somebody else; nothing was recorded
     * @throws KafkaException when Kafka can't be reached or refuses
     */
    void record(Unrecorded rounds, ConsumerGroupMetadata group) {
        lookUp(rounds, group);
        List<Dead> tooLarge = new ArrayList<>();
        try {
            transactions.commit(
                    producer -> {
                        rounds.deadLetters().forEach(dead -> send(producer, dead, tooLarge));
                        purpose.entries().of(rounds.counted()).forEach(producer::send);
                        rounds.overtaken()
                                .forEach(fate -> producer.send(partitioned(topics.fates(), fate.key(), fate.bytes())));
                    },
                    rounds.end(),
                    group);
        } catch (KafkaException e) {
            // The caller tries again, without the values that were too large.
            synchronized (tooLarge) {
                withoutValue.addAll(tooLarge);
            }
            throw e;
        }
        withoutValue.clear();
        rounds.deadLetters()
                .forEach(dead -> meters.counter(
                                Meter.DEAD_LETTERS,
                                Stage.SINK.wireName(),
                                dead.why().code())
                        .increment());
    }

    /** Rounds were recorded for good, in this attempt or in one whose answer was lost. */
    void recorded(Unrecorded rounds) {
        purpose.entries().recorded(rounds.counted());
    }

    private void send(Producer<byte[], byte[]> open, Dead dead, List<Dead> tooLarge) {
        RecordHeaders headers = new RecordHeaders();
        boolean whole = !withoutValue.contains(dead);
        (whole ? dead.why() : pointing(dead.why())).write(dead.original().headers(), headers);
        purpose.marks().forEach((name, text) -> com.listingsync.common.wire.RecordHeaders.put(headers, name, text));
        // The same partition as the original: a record that has no key at all has a place too.
        open.send(
                new ProducerRecord<>(
                        topics.deadLetters(Stage.SINK).name(),
                        dead.original().partition(),
                        whole ? dead.original().key() : shortKey(dead.original().key()),
                        whole ? dead.original().value() : NO_ROW,
                        headers),
                (place, failure) -> {
                    if (failure instanceof RecordTooLargeException) {
                        synchronized (tooLarge) {
                            tooLarge.add(dead);
                        }
                    }
                });
    }

    private ProducerRecord<byte[], byte[]> partitioned(TopicSpec topic, byte[] key, byte[] value) {
        return new ProducerRecord<>(topic.name(), ListingPartitioner.partition(key, topics.partitions()), key, value);
    }

    private static DeadLetter pointing(DeadLetter why) {
        return new DeadLetter(
                why.stage(),
                why.code(),
                why.message() + LEFT_OUT,
                why.column(),
                why.httpStatus(),
                why.attempts(),
                why.exceptionClass(),
                why.origin(),
                why.at());
    }

    /** A key that is itself too long for a dead letter is left out with its value. */
    private static byte @Nullable [] shortKey(byte @Nullable [] key) {
        return key == null || key.length > DeadLetter.KEY_BYTES ? null : key;
    }
}
