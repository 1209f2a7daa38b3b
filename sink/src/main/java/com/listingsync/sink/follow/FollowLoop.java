package com.listingsync.sink.follow;

import com.listingsync.sink.follow.Window.Entry;
import com.listingsync.sink.ledger.Recording;
import com.listingsync.sink.ledger.Transactions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic, has every record followed, and records what has ended. Confined to the thread that runs it, but for {@link
 * #stop}.
 *
 * <p>At most {@link #MOST_FOLLOWED} records are followed at a time; then nothing new is read until one ends. A record whose
 * end was not recorded comes again: to this instance after a restart, or to another one.
 */
public final class FollowLoop implements Runnable {

    /** Changes of status and of runs are small and rare; so many wait only when a place has been down for long. */
    static final int MOST_FOLLOWED = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(FollowLoop.class);

    /** Also how long an end waits to be recorded. */
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Beginning beginning;
    private final Follower follower;
    private final BooleanSupplier held;
    private final Transactions transactions;
    private final FollowLedger ledger;
    private final Window window = new Window();
    private final Map<String, CompletableFuture<?>> lastOfKey = new HashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Recording recording;

    FollowLoop(
            Consumer<byte[], byte[]> consumer,
            String topic,
            Beginning beginning,
            Follower follower,
            BooleanSupplier held,
            Transactions transactions,
            FollowLedger ledger) {
        this.consumer = consumer;
        this.topic = topic;
        this.beginning = beginning;
        this.follower = follower;
        this.held = held;
        this.transactions = transactions;
        this.ledger = ledger;
        this.recording = new Recording(consumer, transactions, stopping);
    }

    /** Runs until {@link #stop}, or until something fails that only a person can mend. */
    @Override
    public void run() {
        try (consumer;
                transactions) {
            followUntilStopped();
            record(window.takeEnded());
        } catch (InterruptedException | InterruptException e) {
            // Somebody wants this thread to end at once: what is not recorded comes again.
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the loop to record what has ended and to end; returns at once. May be called from any thread. */
    public void stop() {
        stopping.countDown();
        consumer.wakeup();
    }

    private void followUntilStopped() throws InterruptedException {
        try {
            recording.settleFormerOwner();
            consumer.subscribe(List.of(topic), new Handover());
            while (stopping.getCount() > 0) {
                if (window.size() >= MOST_FOLLOWED || held.getAsBoolean()) {
                    consumer.pause(consumer.assignment());
                } else {
                    consumer.resume(consumer.paused());
                }
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
                polled.forEach(this::begin);
                window.reached(polled.nextOffsets());
                record(window.takeEnded());
                lastOfKey.values().removeIf(CompletableFuture::isDone);
            }
        } catch (WakeupException e) {
            // stop() asked, in the middle of a poll. What has ended is recorded next.
            LOG.atDebug().log("woken up to stop");
        }
    }

    private void begin(ConsumerRecord<byte[], byte[]> change) {
        String key = Arrays.toString(change.key());
        CompletableFuture<?> before = lastOfKey.getOrDefault(key, CompletableFuture.completedFuture(null));
        // In a chain: what follows an older change of a listing must not overtake what follows a newer one.
        CompletableFuture<List<Unmet>> end = before.thenCompose(nothing -> follower.follow(change));
        lastOfKey.put(key, end);
        window.add(new Entry(change, end));
    }

    /** Records ends; those that the group does not let us record come again, to whoever has their partitions now. */
    private void record(List<Entry> ended) throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> offsets = window.offsets(ended);
        boolean recorded =
                ended.isEmpty() || recording.recorded(offsets, group -> ledger.record(ended, offsets, group));
        LOG.atTrace()
                .addKeyValue("ends", ended.size())
                .addKeyValue("recorded", recorded)
                .log("ends");
    }

    /** What happens when partitions come and go; called within a poll, on the loop's thread. */
    private final class Handover implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.atInfo()
                    .addKeyValue("topic", topic)
                    .addKeyValue("partitions", partitions.size())
                    .log("partitions assigned");
            if (beginning == Beginning.NEXT) {
                beginAtEnd(new HashSet<>(partitions));
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            try {
                record(window.takeEnded());
            } catch (InterruptedException e) {
                // The loop's next blocking call ends it; what is not recorded comes again.
                Thread.currentThread().interrupt();
            }
            window.forget(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            window.forget(partitions);
        }

        /** Writes the present end down, so that what comes while nobody runs is not taken for what was there before. */
        private void beginAtEnd(Set<TopicPartition> partitions) {
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
            partitions.removeIf(partition -> committed.get(partition) != null);
            if (!partitions.isEmpty()) {
                Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
                consumer.endOffsets(partitions).forEach((partition, end) -> {
                    consumer.seek(partition, end);
                    ends.put(partition, new OffsetAndMetadata(end));
                });
                consumer.commitSync(ends);
            }
        }
    }
}
