package com.listingsync.sink.follow;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.Fate;
import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.sink.follow.Window.Entry;
import com.listingsync.sink.ledger.Transactions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Where followed records are recorded: their dead letters and offsets in one Kafka transaction, so that all of them are there
 * or none. Confined to the loop's thread.
 */
final class FollowLedger {

    private final Transactions transactions;
    private final String deadLetters;
    private final Optional<TopicSpec> fates;
    private final Meters meters;
    private final Clock clock;

    /**
     * @param deadLetters topic of the dead letters, partitioned as the followed topic
     * @param fates topic of what becomes of replayed ones; empty when that is another follower's to say
     */
    FollowLedger(Transactions transactions, String deadLetters, Optional<TopicSpec> fates, Meters meters, Clock clock) {
        this.transactions = transactions;
        this.deadLetters = deadLetters;
        this.fates = fates;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Records ended entries. After a failure nothing of it may be there, or all of it; the committed offsets tell.
     *
     * @param offsets where the entries' partitions go on
     * @throws KafkaException when Kafka can't be reached or refuses
     */
    void record(List<Entry> ended, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        transactions.commit(
                producer -> {
                    ended.forEach(entry -> entry.end().join().forEach(unmet -> send(producer, entry, unmet)));
                    fates.ifPresent(topic -> ended.forEach(entry -> tell(producer, entry, topic)));
                },
                offsets,
                group);
        ended.forEach(entry -> entry.end()
                .join()
                .forEach(unmet -> meters.counter(
                                Meter.DEAD_LETTERS,
                                Stage.SINK.wireName(),
                                unmet.why().code())
                        .increment()));
    }

    /** What a replayed change called for is done: its letter is told so. */
    private void tell(Producer<byte[], byte[]> open, Entry entry, TopicSpec topic) {
        Optional<ReplayMark> mark = ReplayMark.of(entry.change().headers());
        if (mark.isPresent() && entry.end().join().isEmpty()) {
            long now = clock.millis();
            Fate fate = new Fate.Became(mark.get().letter(), mark.get().attempt(), Tally.of(Tally.WRITTEN, 1), now);
            open.send(new ProducerRecord<>(
                    topic.name(),
                    ListingPartitioner.partition(fate.key(), topic.partitions()),
                    fate.key(),
                    fate.bytes()));
        }
    }

    private void send(Producer<byte[], byte[]> open, Entry entry, Unmet unmet) {
        RecordHeaders headers = new RecordHeaders();
        unmet.why().write(entry.change().headers(), headers);
        unmet.about().forEach((name, value) -> com.listingsync.common.wire.RecordHeaders.put(headers, name, value));
        open.send(new ProducerRecord<>(
                deadLetters,
                entry.change().partition(),
                fitting(entry.change().key(), DeadLetter.KEY_BYTES),
                fitting(entry.change().value(), DeadLetter.VALUE_BYTES),
                headers));
    }

    /** Nothing in place of what would make the letter larger than its topic takes: the original is where the headers say. */
    private static byte @Nullable [] fitting(byte @Nullable [] bytes, int most) {
        return bytes == null || bytes.length > most ? null : bytes;
    }
}
