package com.listingsync.sink.follow;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.topic.Stage;
import com.listingsync.sink.follow.Window.Entry;
import com.listingsync.sink.ledger.Transactions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Meters meters;

    /** @param deadLetters topic of the dead letters, partitioned as the followed topic */
    FollowLedger(Transactions transactions, String deadLetters, Meters meters) {
        this.transactions = transactions;
        this.deadLetters = deadLetters;
        this.meters = meters;
    }

    /**
     * Records ended entries. After a failure nothing of it may be there, or all of it; the committed offsets tell.
     *
     * @throws KafkaException when Kafka can't be reached or refuses
     */
    void record(List<Entry> ended, ConsumerGroupMetadata group) {
        transactions.commit(
                producer -> ended.forEach(entry -> entry.end().join().forEach(unmet -> send(producer, entry, unmet))),
                offsets(ended),
                group);
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
