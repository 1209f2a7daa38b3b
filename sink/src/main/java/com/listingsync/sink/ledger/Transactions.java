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
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records and offsets, all of them there or none. Confined to one thread. */
public final class Transactions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Duration timeout;
    private final Commits commits;
    private @Nullable Producer<byte[], byte[]> producer;

    /**
     * @param producers makes a transactional producer, always with the same transactional id
     * @param timeout after which the broker rolls a transaction of these producers back
     * @param commits measures
     */
    public Transactions(Supplier<Producer<byte[], byte[]>> producers, Duration timeout, Commits commits) {
        this.producers = producers;
        this.timeout = timeout;
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
     * @throws RolledBackException when this process stood still until the broker rolled the transaction back; nothing is there
     * @throws ProducerFencedException when another instance has our transactional id
     * @throws KafkaException when Kafka can't be reached or refuses
     */
    public void commit(
            Consumer<Producer<byte[], byte[]>> sends,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group) {
        Producer<byte[], byte[]> open = ready();
        long begun = System.nanoTime();
        try {
            open.beginTransaction();
            sends.accept(open);
            open.sendOffsetsToTransaction(offsets, group);
            commits.measure(open::commitTransaction);
        } catch (ProducerFencedException e) {
            // Nothing of it is there: the broker has given our number a new epoch, for a successor's sake or because we
            // were too slow, and from here only the time tells which.
            discard();
            long tookNanos = System.nanoTime() - begun;
            throw tookNanos < timeout.toNanos() ? e : new RolledBackException(Duration.ofNanos(tookNanos), timeout, e);
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
