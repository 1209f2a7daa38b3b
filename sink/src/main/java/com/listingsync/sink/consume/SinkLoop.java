package com.listingsync.sink.consume;

import com.listingsync.sink.deliver.SupabaseDelivery;
import com.listingsync.sink.ledger.Recording;
import com.listingsync.sink.ledger.Transactions;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
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
 *   poll ─> prepare ─> (wait for room) ─> deliver ─> (wait for others that are done) ─> record
 *             └── one round ahead ──┘      └── several side by side, if they share no row
 * </pre>
 *
 * While Supabase is down the rounds in flight wait, and the loop goes on polling with its partitions paused: it stays in its group and
 * keeps its place. Confined to its thread, but {@link #stop}.
 */
public final class SinkLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SinkLoop.class);

    private static final Duration IDLE_POLL = Duration.ofMillis(500);
    /** With a round in flight: short, because its end is to be noticed. */
    private static final Duration BUSY_POLL = Duration.ofMillis(10);
    /** Longest time without a poll: rebalances wait for us no longer than this. */
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(500);
    /** What rounds in flight get to finish when their partitions go, or the sink stops. */
    private static final Duration FINISH = Duration.ofSeconds(8);

    private final Consumer<byte[], byte[]> consumer;
    private final Intake intake;
    private final RowReader reader;
    private final RoundsInFlight inFlight;
    private final SupabaseDelivery supabase;
    private final BooleanSupplier held;
    private final Transactions transactions;
    private final Ledger ledger;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Recording recording;

    private Unrecorded unrecorded = new Unrecorded();
    private @Nullable Round prepared;
    private boolean paused;

    SinkLoop(
            Consumer<byte[], byte[]> consumer,
            Intake intake,
            RowReader reader,
            RoundsInFlight inFlight,
            SupabaseDelivery supabase,
            BooleanSupplier held,
            Transactions transactions,
            Ledger ledger) {
        this.consumer = consumer;
        this.intake = intake;
        this.reader = reader;
        this.inFlight = inFlight;
        this.supabase = supabase;
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

    private void pollUntilStopped() throws InterruptedException {
        try {
            recording.settleFormerOwner();
            intake.enter(consumer, new Handover());
            while (stopping.getCount() > 0 && !isExhausted()) {
                step();
            }
        } catch (WakeupException e) {
            // stop() asked, in the middle of a poll. What is in flight is finished next.
            LOG.atDebug().log("woken up to stop");
        }
    }

    /** Whether all there was to take has been delivered and recorded. */
    private boolean isExhausted() {
        return prepared == null && inFlight.isEmpty() && unrecorded.isEmpty() && intake.isExhausted(consumer);
    }

    private void step() throws InterruptedException {
        if (held.getAsBoolean()) {
            stayInGroup(patience());
        } else {
            if (prepared == null) {
                prepared = poll(patience());
            }
            beginPrepared();
            if (prepared != null && !inFlight.awaitChance(prepared, least(BETWEEN_POLLS, unrecordedPatience()))) {
                stayInGroup(Duration.ZERO);
            }
        }
        takeDone();
        beginPrepared();
        if (unrecordedPatience().isZero()) {
            record();
        }
    }

    /** How long a poll may wait for rows. */
    private Duration patience() {
        boolean busy = !inFlight.isEmpty() && supabase.closedBecause().isEmpty();
        return busy ? BUSY_POLL : least(IDLE_POLL, unrecordedPatience());
    }

    private Duration unrecordedPatience() {
        return unrecorded.patience(System.nanoTime());
    }

    private void beginPrepared() {
        if (prepared != null && !held.getAsBoolean() && inFlight.begun(prepared)) {
            prepared = null;
        }
    }

    private void takeDone() throws InterruptedException {
        for (Optional<RoundReport> done = inFlight.takeDone(); done.isPresent(); done = inFlight.takeDone()) {
            unrecorded.add(done.get(), System.nanoTime());
        }
        try {
            ledger.lookUp(unrecorded, consumer.groupMetadata());
        } catch (KafkaException e) {
            // Kafka is away: recording, which is due then, tries it again for as long as it takes.
            LOG.atDebug().setCause(e).log("dead letters could not be looked up yet");
        }
    }

    private @Nullable Round poll(Duration atMost) {
        Duration hold = intake.hold();
        if (!hold.isZero()) {
            stayInGroup(least(hold, atMost));
            return null;
        }
        if (paused) {
            consumer.resume(consumer.paused());
            paused = false;
        }
        intake.narrow(consumer);
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(atMost);
        return polled.isEmpty() ? null : Round.of(polled, intake::wants, reader, supabase::limits);
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

    /** Records what is done. */
    private void record() throws InterruptedException {
        if (!recorded()) {
            // Others have the partitions, or will soon: what we still hold of them is theirs.
            giveUpAll(Set.of());
        }
    }

    /** Whether all that is done is recorded; false when the group does not let us, or there is no time. */
    private boolean recorded() throws InterruptedException {
        Unrecorded done = unrecorded;
        boolean recorded = done.isEmpty() || recording.recorded(done.end(), group -> ledger.record(done, group));
        if (recorded && !done.isEmpty()) {
            ledger.recorded(done);
            unrecorded = new Unrecorded();
        }
        return recorded;
    }

    /** Finishes the rounds in flight if that is a matter of seconds, and gives them up if not. */
    private void finish() throws InterruptedException {
        prepared = null;
        if (!finishedInTime()) {
            supabase.stop();
            giveUpAll(consumer.assignment());
        }
    }

    /** Finishes the rounds in flight, in their order, and records them with those that are done; false when not all were. */
    private boolean finishedInTime() throws InterruptedException {
        long deadline = System.nanoTime() + FINISH.toNanos();
        takeDone();
        while (!inFlight.isEmpty()
                && System.nanoTime() - deadline < 0
                && supabase.closedBecause().isEmpty()) {
            if (inFlight.awaitFirst(BUSY_POLL)) {
                takeDone();
            }
        }
        return recorded() && inFlight.isEmpty();
    }

    /** Drops what is prepared, in flight and not recorded and goes back to where it began, in the partitions that stay ours. */
    private void giveUpAll(Set<TopicPartition> gone) {
        if (prepared != null) {
            goBack(gone, prepared.begin());
        }
        goBack(gone, inFlight.giveUp());
        goBack(gone, unrecorded.begin());
        prepared = null;
        unrecorded = new Unrecorded();
        ledger.giveUp();
    }

    private void goBack(Set<TopicPartition> gone, Map<TopicPartition, Long> begin) {
        Set<TopicPartition> ours = consumer.assignment();
        begin.forEach((partition, offset) -> {
            if (ours.contains(partition) && !gone.contains(partition)) {
                consumer.seek(partition, offset);
            }
        });
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
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
            giveUpAll(new HashSet<>(partitions));
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            LOG.atWarn().addKeyValue("partitions", partitions.size()).log("partitions lost");
            giveUpAll(new HashSet<>(partitions));
        }
    }
}
