package com.listingsync.sink.consume;

import com.listingsync.sink.deliver.SupabaseDelivery;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of the sink: poll, deliver, record.
 *
 * <pre>
 *   poll ─> prepare ─> (wait for the round before) ─> deliver ─> record
 *             └── one round ahead ──┘                 └── the next one is sent while this one is recorded
 * </pre>
 *
 * A row is never in flight twice: a round begins when the one before is done, or while its last batches are under way if the two have
 * no row in common. While Supabase is down the rounds in flight wait, and the loop goes on polling with its partitions paused: it stays
 * in its group and keeps its place. Confined to its thread, but {@link #stop}.
 */
public final class SinkLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SinkLoop.class);

    private static final Duration IDLE_POLL = Duration.ofMillis(500);
    /** With a round in flight: short, because its end is to be noticed. */
    private static final Duration BUSY_POLL = Duration.ofMillis(10);
    /** Longest time without a poll: rebalances wait for us no longer than this. */
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(500);
    /** What a round in flight gets to finish when its partitions go, or the sink stops. */
    private static final Duration FINISH = Duration.ofSeconds(8);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final RowReader reader;
    private final RoundDelivery rounds;
    private final SupabaseDelivery supabase;
    private final BooleanSupplier held;
    private final Ledger ledger;
    private final Recording recording;
    private final CountDownLatch stopping = new CountDownLatch(1);

    private @Nullable Delivery current;
    /** Begun while the current one ends; null while there is none. */
    private @Nullable Delivery following;

    private @Nullable Round prepared;
    private boolean paused;

    SinkLoop(
            Consumer<byte[], byte[]> consumer,
            String topic,
            RowReader reader,
            RoundDelivery rounds,
            SupabaseDelivery supabase,
            BooleanSupplier held,
            Ledger ledger) {
        this.consumer = consumer;
        this.topic = topic;
        this.reader = reader;
        this.rounds = rounds;
        this.supabase = supabase;
        this.held = held;
        this.ledger = ledger;
        this.recording = new Recording(consumer, ledger, stopping);
    }

    /** Runs until {@link #stop}, or until something fails that only a person can mend. */
    @Override
    public void run() {
        try (consumer;
                ledger) {
            pollUntilStopped();
            finish();
        } catch (InterruptedException | InterruptException e) {
            // Somebody wants this thread to end at once: what is not recorded comes again.
            Thread.currentThread().interrupt();
        } finally {
            supabase.stop();
        }
    }

    /** Asks the loop to finish what is in flight and end; returns at once. May be called from any thread. */
    public void stop() {
        stopping.countDown();
        consumer.wakeup();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void pollUntilStopped() throws InterruptedException {
        try {
            settleFormerOwner();
            consumer.subscribe(List.of(topic), new Handover());
            while (!isStopping()) {
                step();
            }
        } catch (WakeupException e) {
            // stop() asked, in the middle of a poll. What is in flight is finished next.
            LOG.atDebug().log("woken up to stop");
        }
    }

    /** What an instance of our name left half recorded would hold up the offsets we are about to ask for. */
    private void settleFormerOwner() {
        try {
            ledger.open();
        } catch (KafkaException e) {
            // The first round to be recorded tries again; until then the leftover ends by its own timeout.
            LOG.atWarn().setCause(e).log("transactions of a former instance could not be settled yet");
        }
    }

    private void step() throws InterruptedException {
        if (held.getAsBoolean() && current == null) {
            stayInGroup(IDLE_POLL);
            return;
        }
        if (prepared == null) {
            boolean busy = current != null && supabase.closedBecause().isEmpty();
            prepared = poll(busy ? BUSY_POLL : IDLE_POLL);
            startBehind();
        } else if (current != null && !awaitProgress(current)) {
            stayInGroup(Duration.ZERO);
        }
        if (current != null && current.awaitDone(Duration.ZERO)) {
            RoundReport report = current.report();
            current = following;
            following = null;
            if (current == null) {
                startPrepared();
            }
            record(report);
        } else if (current == null) {
            startPrepared();
        }
    }

    /** Begins with the prepared round next to the current one, if it may. */
    private void startBehind() {
        if (prepared != null && current != null && following == null && !held.getAsBoolean()) {
            rounds.startBehind(prepared, current).ifPresent(begun -> {
                following = begun;
                prepared = null;
            });
        }
    }

    /** Waits for the current round to be done, or for the next one to begin; false when neither has come. */
    private boolean awaitProgress(Delivery current) throws InterruptedException {
        long deadline = System.nanoTime() + BETWEEN_POLLS.toNanos();
        boolean ending = current.isEnding();
        while (!current.awaitDone(ending || following != null ? BETWEEN_POLLS : BUSY_POLL)) {
            if (!ending && current.isEnding()) {
                ending = true;
                startBehind();
                if (prepared == null) {
                    return true;
                }
            }
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Round poll(Duration atMost) {
        if (paused) {
            consumer.resume(consumer.paused());
            paused = false;
        }
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(atMost);
        return polled.isEmpty() ? null : Round.of(polled, reader, supabase::limits);
    }

    /** A poll that brings nothing, for the group's sake. */
    private void stayInGroup(Duration atMost) {
        consumer.pause(consumer.assignment());
        paused = true;
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(atMost);
        if (!polled.isEmpty()) {
            polled.partitions()
                    .forEach(partition -> consumer.seek(
                            partition, polled.records(partition).get(0).offset()));
        }
    }

    private void startPrepared() {
        if (held.getAsBoolean()) {
            return;
        }
        Round next = prepared;
        prepared = null;
        current = next == null ? null : rounds.start(next);
    }

    private void record(RoundReport report) throws InterruptedException {
        if (!recording.recorded(report)) {
            // Others have the partitions, or will soon: what we still hold of them is theirs.
            giveUpAll(Set.of(), report.round().begin());
        }
    }

    /** Finishes the rounds in flight if that is a matter of seconds, and gives them up if not. */
    private void finish() throws InterruptedException {
        prepared = null;
        if (!finishedInTime()) {
            supabase.stop();
            giveUpAll(consumer.assignment(), Map.of());
        }
    }

    /** Finishes and records the rounds in flight, the earlier one first; false when one was not. */
    private boolean finishedInTime() throws InterruptedException {
        while (current != null) {
            if (!doneInTime(current) || !recording.recorded(current.report())) {
                return false;
            }
            current = following;
            following = null;
        }
        return true;
    }

    /** Waits for a delivery as long as something may still come of it soon. */
    private boolean doneInTime(Delivery delivery) throws InterruptedException {
        long deadline = System.nanoTime() + FINISH.toNanos();
        while (!delivery.awaitDone(BUSY_POLL)) {
            if (System.nanoTime() - deadline > 0 || supabase.closedBecause().isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** Drops what is prepared and in flight and goes back to where it began, in the partitions that stay ours. */
    private void giveUpAll(Set<TopicPartition> gone, Map<TopicPartition, Long> from) {
        Round next = prepared;
        prepared = null;
        if (next != null) {
            goBack(gone, next.begin());
        }
        Delivery later = following;
        Delivery earlier = current;
        following = null;
        current = null;
        // Both are told before either is waited for.
        for (Delivery inFlight :
                Stream.of(later, earlier).filter(Objects::nonNull).toList()) {
            inFlight.giveUp();
        }
        for (Delivery inFlight :
                Stream.of(later, earlier).filter(Objects::nonNull).toList()) {
            inFlight.abandon();
            goBack(gone, inFlight.round().begin());
        }
        goBack(gone, from);
    }

    private void goBack(Set<TopicPartition> gone, Map<TopicPartition, Long> begin) {
        Set<TopicPartition> ours = consumer.assignment();
        begin.forEach((partition, offset) -> {
            if (ours.contains(partition) && !gone.contains(partition)) {
                consumer.seek(partition, offset);
            }
        });
    }

    /** What happens when partitions come and go; called within a poll, on the loop's thread. */
    private final class Handover implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.atInfo().addKeyValue("partitions", partitions.size()).log("partitions assigned");
            if (paused) {
                consumer.pause(partitions);
            }
        }

        /** What is in flight is finished if that is a matter of seconds: the next owner need not write it again. */
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (partitions.isEmpty()) {
                return;
            }
            LOG.atInfo().addKeyValue("partitions", partitions.size()).log("partitions revoked");
            try {
                boolean finished = finishedInTime();
                LOG.atDebug().addKeyValue("finished", finished).log("rounds in flight before the handover");
            } catch (InterruptedException e) {
                // The loop's next blocking call ends it; what is not recorded comes again.
                Thread.currentThread().interrupt();
            }
            giveUpAll(new HashSet<>(partitions), Map.of());
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            LOG.atWarn().addKeyValue("partitions", partitions.size()).log("partitions lost");
            giveUpAll(new HashSet<>(partitions), Map.of());
        }
    }
}
