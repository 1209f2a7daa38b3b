package com.listingsync.console.api;

import com.listingsync.common.run.RunState;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.run.RunsTail;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
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
    private volatile boolean closing;

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
        return stopped.isCompletedExceptionally() ? Optional.of("the reading of runs has ended; restart") : Optional.empty();
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
        closing = true;
        reader.interrupt();
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
            while (!closing) {
                follow();
            }
        } catch (RuntimeException e) {
            // A bug: health turns red and whoever awaits the service learns of it. Nothing is lost, this only reads.
            stopped.completeExceptionally(e);
        }
    }

    private void follow() {
        try (RunsTail tail = RunsTail.open(kafka)) {
            publish(tail);
            while (!closing) {
                if (!tail.changes(POLL).isEmpty()) {
                    publish(tail);
                }
            }
        } catch (KafkaException e) {
            // Kafka is away or the interrupt of close() came through: what was read stays, and all is read again.
            if (!closing) {
                problem = Optional.of("sync runs can't be read from Kafka: " + e.getMessage());
                LOG.atWarn().addKeyValue("reason", e.getMessage()).log("can't read sync runs, trying again");
                pause();
            }
        }
    }

    private void publish(RunsTail tail) {
        runs = List.copyOf(tail.newestFirst());
        problem = Optional.empty();
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            // close() wants this thread to end, and the loop sees why.
            Thread.currentThread().interrupt();
        }
    }
}
