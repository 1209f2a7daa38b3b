package com.listingsync.sink.consume;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.Fate;
import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.meter.Commits;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.sink.batch.Account;
import com.listingsync.sink.consume.RoundReport.Dead;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where rounds are recorded: dead letters, counts and offsets of a round in one Kafka transaction, so that all of them are there
 * or none. Confined to the loop's thread.
 */
final class Ledger implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    /**
     * In place of a value that Kafka does not take: with the headers of a dead letter, a record that just fitted its topic may not fit
     * any more. Not null, which would be a purge if it were replayed; no row either, so a replay is refused.
     */
    private static final byte[] NO_ROW = {};

    private static final String LEFT_OUT =
            "; its value is left out, because with these headers it is more than Kafka takes: it is where the headers say";

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final RefusedRows refused;
    private final Topics topics;
    private final Meters meters;
    private final Commits commits;
    private final Clock clock;
    /** Dead letters of the round at hand that Kafka has not taken whole. */
    private final Set<Dead> withoutValue = Collections.newSetFromMap(new IdentityHashMap<>());

    private @Nullable Producer<byte[], byte[]> producer;

    /**
     * @param producers makes a transactional producer, always with the same transactional id
     * @param refused the rows that are dead letters
     */
    Ledger(
            Supplier<Producer<byte[], byte[]>> producers,
            RefusedRows refused,
            Topics topics,
            Meters meters,
            Clock clock) {
        this.producers = producers;
        this.refused = refused;
        this.topics = topics;
        this.meters = meters;
        this.commits = new Commits(meters, Stage.SINK.wireName());
        this.clock = clock;
    }

    /** Finishes or undoes what a former owner of the transactional id left, and fences it. */
    void open() {
        ready();
    }

    /**
     * Records a round. After a failure nothing of it may be there, or all of it; the committed offsets tell.
     *
     * @throws CommitFailedException when the group has given the partitions to somebody else; nothing was recorded
     * @throws KafkaException when Kafka can't be reached or refuses
     */
    void record(RoundReport report, ConsumerGroupMetadata group) {
        Producer<byte[], byte[]> open = ready();
        List<Dead> tooLarge = new ArrayList<>();
        List<Fate> overtaken = refused.overtaken(report.round(), group.generationId(), clock.millis());
        try {
            open.beginTransaction();
            report.deadLetters().forEach(dead -> send(open, dead, tooLarge));
            report.books().tallies().forEach((account, tally) -> {
                open.send(counted(account, tally));
            });
            overtaken.forEach(fate -> {
                open.send(partitioned(topics.fates(), fate.key(), fate.bytes()));
            });
            Map<TopicPartition, OffsetAndMetadata> offsets = report.round().end();
            open.sendOffsetsToTransaction(offsets, group);
            commits.measure(open::commitTransaction);
        } catch (KafkaException e) {
            // Whether it was committed is not known; the next producer settles it, and the caller looks.
            discard();
            synchronized (tooLarge) {
                withoutValue.addAll(tooLarge);
            }
            throw e;
        }
        withoutValue.clear();
        refused.recorded(report, overtaken);
        report.deadLetters()
                .forEach(dead -> meters.counter(
                                Meter.DEAD_LETTERS,
                                Stage.SINK.wireName(),
                                dead.why().code())
                        .increment());
    }

    @Override
    public void close() {
        discard();
    }

    private void send(Producer<byte[], byte[]> open, Dead dead, List<Dead> tooLarge) {
        RecordHeaders headers = new RecordHeaders();
        boolean whole = !withoutValue.contains(dead);
        (whole ? dead.why() : pointing(dead.why())).write(dead.original().headers(), headers);
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

    /** What is counted of an account: an outcome of its run, or the fate of the dead letter that a replay's mark names. */
    private ProducerRecord<byte[], byte[]> counted(Account account, Tally tally) {
        long now = clock.millis();
        Optional<ReplayMark> mark = ReplayMark.of(account.run());
        if (mark.isPresent()) {
            Fate fate = new Fate.Became(mark.get().letter(), mark.get().attempt(), tally, now);
            return partitioned(topics.fates(), fate.key(), fate.bytes());
        }
        byte[] run = account.run().getBytes(StandardCharsets.UTF_8);
        return partitioned(topics.outcomes(), run, new Outcome.Counted(account.feed(), tally, now).bytes());
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

    private Producer<byte[], byte[]> ready() {
        if (producer == null) {
            Producer<byte[], byte[]> fresh = producers.get();
            try {
                fresh.initTransactions();
            } catch (KafkaException e) {
                // Nothing was begun; the caller tries again.
                fresh.close(java.time.Duration.ZERO);
                throw e;
            }
            producer = fresh;
        }
        return producer;
    }

    private void discard() {
        Producer<byte[], byte[]> old = producer;
        producer = null;
        if (old != null) {
            try {
                old.close(java.time.Duration.ZERO);
            } catch (KafkaException e) {
                // Its transaction, if any, is undone by the next producer of the same id, or by its timeout.
                LOG.atDebug().setCause(e).log("producer did not close cleanly");
            }
        }
    }
}
