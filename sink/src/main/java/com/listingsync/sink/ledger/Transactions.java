package com.listingsync.sink.ledger;

import com.listingsync.common.meter.Commits;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records and offsets, all of them there or none. Confined to one thread. */
public final class Transactions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Commits commits;
    private @Nullable Producer<byte[], byte[]> producer;

    /**
     * @param producers makes a transactional producer, always with the same transactional id
     * @param commits measures
     */
    public Transactions(Supplier<Producer<byte[], byte[]>> producers, Commits commits) {
        this.producers = producers;
        this.commits = commits;
    }

    /**
     * Finishes or undoes what a former owner of the transactional id left, and fences it.
     *
     * @throws KafkaException when that is not known to have happened
     */
    public void open() {
        ready();
    }

    /**
     * Sends records and commits offsets. After a failure nothing of it may be there, or all of it; the committed offsets tell.
     *
     * @param sends sends the records, without waiting for them
     * @throws CommitFailedException when the group has given the partitions to somebody else; nothing is there
     * @throws KafkaException when Kafka can't be reached or refuses
     */
    public void commit(
            Consumer<Producer<byte[], byte[]>> sends,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group) {
        Producer<byte[], byte[]> open = ready();
        try {
            open.beginTransaction();
            sends.accept(open);
            open.sendOffsetsToTransaction(offsets, group);
            commits.measure(open::commitTransaction);
        } catch (KafkaException e) {
            // Whether it was committed is not known; the next producer settles it, and the caller looks.
            discard();
            throw e;
        }
    }

    @Override
    public void close() {
        discard();
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
