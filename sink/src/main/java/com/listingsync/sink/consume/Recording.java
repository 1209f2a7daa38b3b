package com.listingsync.sink.consume;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recording rounds in the {@link Ledger}, however long Kafka needs. Confined to the loop's thread. */
final class Recording {

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    private static final Duration RECORD_AGAIN = Duration.ofSeconds(1);
    private static final int RECORD_ATTEMPTS_AT_STOP = 3;

    private final Consumer<byte[], byte[]> consumer;
    private final Ledger ledger;
    private final Entries entries;
    private final CountDownLatch stopping;

    Recording(Consumer<byte[], byte[]> consumer, Ledger ledger, Entries entries, CountDownLatch stopping) {
        this.consumer = consumer;
        this.ledger = ledger;
        this.entries = entries;
        this.stopping = stopping;
    }

    /** Whether a round was recorded: false when the group does not let us. Waits for Kafka as long as nobody asks us to stop. */
    boolean recorded(RoundReport report) throws InterruptedException {
        int attempts = 0;
        while (true) {
            try {
                if (attempts == 0 || !foundRecorded(report)) {
                    ledger.record(report, consumer.groupMetadata());
                }
                entries.recorded(report.counted());
                return true;
            } catch (CommitFailedException e) {
                // The group has moved on without us. The rows are written; whoever reads them again finds them
                // unchanged.
                LOG.atWarn().log("a round was not recorded, because the group has given its partitions away");
                return false;
            } catch (ProducerFencedException | AuthorizationException | WakeupException e) {
                // Fenced: another instance has our transactional id. No rights: a person must act. Either ends the
                // service.
                throw e;
            } catch (KafkaException e) {
                // Kafka is away: nothing is lost while we wait, and nothing new is sent than what is in flight.
                attempts++;
                if (stopping.getCount() == 0 && attempts >= RECORD_ATTEMPTS_AT_STOP) {
                    return false;
                }
                LOG.atWarn()
                        .addKeyValue("attempts", attempts)
                        .setCause(e)
                        .log("a round could not be recorded; trying again");
                stopping.await(RECORD_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Whether an attempt whose answer was lost had gone through after all. */
    private boolean foundRecorded(RoundReport report) {
        ledger.open();
        Map<TopicPartition, OffsetAndMetadata> end = report.round().end();
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(end.keySet());
        return end.entrySet().stream().allMatch(entry -> {
            OffsetAndMetadata found = committed.get(entry.getKey());
            return found != null && found.offset() >= entry.getValue().offset();
        });
    }
}
