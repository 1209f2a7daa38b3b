package com.listingsync.console.api;

import com.listingsync.common.run.RunState;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.run.RunsTail;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All sync runs, kept up to date from {@code sync.runs} by a thread of its own. Thread-safe. */
public final class RunsBook implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunsBook.class);
    private static final Duration POLL = Duration.ofMillis(500);

    /** Between attempts to open the topic, while Kafka is away or the topics are not made yet. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final KafkaAccess kafka;
    private final Thread reader = new Thread(this::read, "runs-reader");
    private final CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();

    private volatile List<RunState> runs = List.of();
    private volatile Optional<String> problem = Optional.of("the runs have not been read yet");
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable RunsTail tail;

    public RunsBook(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    public void start() {
        reader.start();
    }

    /** All runs, the newest first. */
    public List<RunState> newestFirst() {
        return runs;
    }

    /** The run of this id. */
    public Optional<RunState> run(String id) {
        return runs.stream().filter(run -> run.run().equals(id)).findFirst();
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
        RunsTail open = tail;
        if (open != null) {
            open.wakeup();
        }
        try {
            reader.join(PAUSE.toMillis());
        } catch (InterruptedException e) {
            // The reader is a reader: nothing is lost when the process ends under it.
            Thread.currentThread().interrupt();
        }
        stopped.complete(null);
    }

    private void read() {
        try {
            while (!isClosing()) {
                follow();
            }
        } catch (RuntimeException e) {
            // A bug: health turns red and whoever awaits the service learns of it. Nothing is lost, this only reads.
            stopped.completeExceptionally(e);
        }
    }

    private void follow() {
        try (RunsTail opened = RunsTail.open(kafka)) {
            tail = opened;
            publish(opened);
            while (!isClosing()) {
                if (!opened.changes(POLL).isEmpty()) {
                    publish(opened);
                }
            }
        } catch (WakeupException e) {
            // close() wants this thread to end, and the loop sees why.
            LOG.debug("told to stop");
        } catch (KafkaException e) {
            // Kafka is away: what was read stays, and all is read again.
            problem = Optional.of("sync runs can't be read from Kafka: " + e.getMessage());
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("can't read sync runs, trying again");
            pause();
        } finally {
            tail = null;
        }
    }

    private void publish(RunsTail from) {
        runs = List.copyOf(from.newestFirst());
        problem = Optional.empty();
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
