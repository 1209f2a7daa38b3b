package com.listingsync.sink.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that what has ended is recorded, however long Kafka needs. Confined to the loop's thread. */
public final class Recording {

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    private static final Duration RECORD_AGAIN = Duration.ofSeconds(1);
    private static final int RECORD_ATTEMPTS_AT_STOP = 3;

    private final Consumer<byte[], byte[]> consumer;
    private final Transactions transactions;
    private final CountDownLatch stopping;

    /** @param stopping is counted down when the loop is to stop */
    public Recording(Consumer<byte[], byte[]> consumer, Transactions transactions, CountDownLatch stopping) {
        this.consumer = consumer;
        this.transactions = transactions;
        this.stopping = stopping;
    }

    /** One try, to be made within one transaction with the offsets. */
    public interface Attempt {
        void make(ConsumerGroupMetadata group);
    }

    /** What an instance of our name left half recorded would hold up the offsets we are about to ask for. */
    public void settleFormerOwner() {
        try {
            transactions.open();
        } catch (KafkaException e) {
            // The first attempt tries again; until then the leftover ends by its own timeout.
            LOG.atWarn().setCause(e).log("transactions of a former instance could not be settled yet");
        }
    }

    /** Whether it was recorded: false when the group does not let us. Waits for Kafka as long as nobody asks us to stop. */
    public boolean recorded(Map<TopicPartition, OffsetAndMetadata> offsets, Attempt attempt)
            throws InterruptedException {
        int attempts = 0;
        while (true) {
            try {
                if (attempts == 0 || !foundRecorded(offsets)) {
                    attempt.make(consumer.groupMetadata());
                }
                return true;
            } catch (CommitFailedException e) {
                // The group has moved on without us: whoever has the partitions now does the same again.
                LOG.atWarn().log("what has ended was not recorded, because the group has given its partitions away");
                return false;
            } catch (ProducerFencedException | AuthorizationException | WakeupException e) {
                // Fenced: another instance has our transactional id. No rights: a person must act. Either ends the
                // loop.
                throw e;
            } catch (KafkaException e) {
                // Kafka is away, or we stood still for too long. Nothing is lost while we wait, and nothing is begun.
                // Whether the partitions are ours still, the next attempt tells.
                attempts++;
                if (stopping.getCount() == 0 && attempts >= RECORD_ATTEMPTS_AT_STOP) {
                    return false;
                }
                LOG.atWarn()
                        .addKeyValue("attempts", attempts)
                        .setCause(e)
                        .log("what has ended could not be recorded; trying again");
                stopping.await(RECORD_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Whether an attempt whose answer was lost had gone through after all. */
    private boolean foundRecorded(Map<TopicPartition, OffsetAndMetadata> offsets) {
        transactions.open();
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(offsets.keySet());
        return offsets.entrySet().stream().allMatch(entry -> {
            OffsetAndMetadata found = committed.get(entry.getKey());
            return found != null && found.offset() >= entry.getValue().offset();
        });
    }
}
