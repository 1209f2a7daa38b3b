package com.listingsync.sink.follow;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.meter.Commits;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.topic.Stage;
import com.listingsync.sink.follow.Window.Entry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where followed records are recorded: their dead letters and offsets in one Kafka transaction, so that all of them are there
 * or none. Confined to the loop's thread.
 */
final class FollowLedger implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FollowLedger.class);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final String deadLetters;
    private final Meters meters;
    private final Commits commits;
    private @Nullable Producer<byte[], byte[]> producer;

    /**
     * @param producers makes a transactional producer, always with the same transactional id
     * @param deadLetters topic of the dead letters, partitioned as the followed topic
     */
    FollowLedger(Supplier<Producer<byte[], byte[]>> producers, String deadLetters, Meters meters) {
        this.producers = producers;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.commits = new Commits(meters, Stage.SINK.wireName());
    }

    /** Finishes or undoes what a former owner of the transactional id left, and fences it. */
    void open() {
        ready();
    }

    /**
     * Records ended entries. After a failure nothing of it may be there, or all of it; the committed offsets tell.
     *
     * @throws KafkaException when Kafka can't be reached or refuses
     */
    void record(List<Entry> ended, ConsumerGroupMetadata group) {
        Producer<byte[], byte[]> open = ready();
        try {
            open.beginTransaction();
            ended.forEach(entry -> entry.end().join().forEach(unmet -> send(open, entry, unmet)));
            open.sendOffsetsToTransaction(offsets(ended), group);
            commits.measure(open::commitTransaction);
        } catch (KafkaException e) {
            // Whether it was committed is not known; the next producer settles it, and the caller looks.
            discard();
            throw e;
        }
        ended.forEach(entry -> entry.end()
                .join()
                .forEach(unmet -> meters.counter(
                                Meter.DEAD_LETTERS,
                                Stage.SINK.wireName(),
                                unmet.why().code())
                        .increment()));
    }

    /** Where each partition goes on after these entries. */
    static Map<TopicPartition, OffsetAndMetadata> offsets(List<Entry> ended) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        ended.forEach(entry -> offsets.put(
                entry.partition(), new OffsetAndMetadata(entry.change().offset() + 1)));
        return offsets;
    }

    @Override
    public void close() {
        discard();
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

    private Producer<byte[], byte[]> ready() {
        if (producer == null) {
            Producer<byte[], byte[]> fresh = producers.get();
            try {
                fresh.initTransactions();
            } catch (KafkaException e) {
                // Nothing was begun; the caller tries again.
                fresh.close(Duration.ZERO);
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
                old.close(Duration.ZERO);
            } catch (KafkaException e) {
                // Its transaction, if any, is undone by the next producer of the same id, or by its timeout.
                LOG.atDebug().setCause(e).log("producer did not close cleanly");
            }
        }
    }
}
