package com.listingsync.console.api;

import com.listingsync.common.run.RunState;
import com.listingsync.common.topic.LogEnd;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.kafka.LatestRecords;
import com.listingsync.console.run.RunRecord;
import com.listingsync.console.shell.CommandFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sync runs, kept up to date from {@code sync.runs} by a thread of its own: each in one line, the last changed whole, and any
 * other read again from where it stands on the topic. Thread-safe.
 */
final class RunsBook implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunsBook.class);
    private static final Duration POLL = Duration.ofMillis(500);

    /** Between attempts to open the topic, while Kafka is away or the topics are not made yet. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final KafkaAccess kafka;
    private final java.util.function.Consumer<Collection<RunState>> changed;
    private final RunIndex index = new RunIndex();
    private final Thread reader = new Thread(this::read, "runs-reader");
    private final CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile Optional<String> problem = Optional.of("the runs have not been read yet");
    private volatile @Nullable Consumer<byte[], byte[]> open;

    /** @param changed told, by the reading thread, every run that has changed since the topic was read to its end */
    public RunsBook(KafkaAccess kafka, java.util.function.Consumer<Collection<RunState>> changed) {
        this.kafka = kafka;
        this.changed = changed;
    }

    public void start() {
        reader.start();
    }

    RunIndex index() {
        return index;
    }

    /**
     * The run of this id, whole.
     *
     * @throws KafkaException when it has to be read again and Kafka does not answer
     */
    public Optional<RunState> run(String id) {
        Optional<RunState> whole = index.whole(id);
        return whole.isPresent() ? whole : index.summary(id).flatMap(this::readAgain);
    }

    /** Why the runs can't be read just now; empty when they are. */
    public Optional<String> problem() {
        return problem;
    }

    /** Why the reading ended for good; empty while it goes on. */
    public Optional<String> failure() {
        return stopped.isCompletedExceptionally()
                ? Optional.of("the reading of runs has ended; restart")
                : Optional.empty();
    }

    /**
     * Waits until the reading has ended.
     *
     * @throws IllegalStateException when it ended by a failure of its own
     */
    public void awaitStop() throws InterruptedException {
        try {
            stopped.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the console stopped by its own failure", e.getCause());
        }
    }

    @Override
    public void close() {
        closing.countDown();
        Consumer<byte[], byte[]> consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            reader.join(PAUSE.toMillis());
        } catch (InterruptedException e) {
            // The reader is a reader: nothing is lost when the process ends under it.
            Thread.currentThread().interrupt();
        }
        stopped.complete(null);
    }

    private Optional<RunState> readAgain(RunSummary summary) {
        TopicPartition place = new TopicPartition(kafka.topics().runs().name(), summary.partition());
        try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
            consumer.assign(List.of(place));
            consumer.seek(place, summary.offset());
            long giveUp = System.nanoTime() + PAUSE.toNanos();
            while (System.nanoTime() - giveUp < 0) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    boolean same = RunRecord.run(record).equals(summary.run());
                    return same && record.value() != null
                            ? Optional.of(RunState.of(record.value()))
                            : index.whole(summary.run());
                }
            }
        }
        throw new KafkaException("run " + summary.run() + " can't be read again just now");
    }

    private void read() {
        try {
            while (!isClosing()) {
                follow();
            }
        } catch (RuntimeException | Error e) {
            // A bug: health turns red and whoever awaits the service learns of it. Nothing is lost, this only reads.
            stopped.completeExceptionally(e);
        }
    }

    private void follow() {
        try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
            open = consumer;
            List<TopicPartition> partitions =
                    LatestRecords.partitions(consumer, kafka.topics().runs());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            LogEnd.readTo(consumer, this::take, left -> !isClosing());
            problem = Optional.empty();
            while (!isClosing()) {
                // A run once.
                Map<String, RunState> fresh = new LinkedHashMap<>();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    take(record).ifPresent(state -> fresh.put(state.run(), state));
                }
                if (!fresh.isEmpty()) {
                    changed.accept(new ArrayList<>(fresh.values()));
                }
            }
        } catch (WakeupException e) {
            // close() wants this thread to end, and the loop sees why.
            LOG.debug("told to stop");
        } catch (KafkaException | CommandFailure e) {
            // Kafka is away or the topic is not made yet: what was read stays, and all is read again.
            problem = Optional.of("sync runs can't be read from Kafka: " + e.getMessage());
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("can't read sync runs, trying again");
            pause();
        } finally {
            open = null;
        }
    }

    /** The state in a record, which is remembered; empty when it has none. */
    private Optional<RunState> take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            index.remove(RunRecord.run(record));
            return Optional.empty();
        }
        Optional<RunState> state = RunRecord.state(record);
        state.ifPresent(each -> index.put(each, record.partition(), record.offset()));
        return state;
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause() {
        try {
            if (closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("told to stop while waiting for Kafka");
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; if somebody does, it is to end it.
            closing.countDown();
        }
    }
}
