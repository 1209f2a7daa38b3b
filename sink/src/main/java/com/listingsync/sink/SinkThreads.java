package com.listingsync.sink;

import com.listingsync.common.health.ServiceEnd;
import com.listingsync.sink.deliver.AbandonedException;
import com.listingsync.sink.deliver.SupabaseDelivery;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of the sink and how they end. Thread-safe. */
final class SinkThreads {

    private static final Logger LOG = LoggerFactory.getLogger(SinkThreads.class);

    /** A little more than a round in flight gets to finish. */
    private static final Duration LOOP_END = Duration.ofSeconds(20);

    private static final Duration WORKERS_END = Duration.ofSeconds(10);

    private final ExecutorService workers;
    private final ServiceEnd end = new ServiceEnd();
    private volatile @Nullable Thread loopThread;
    private volatile boolean entered;
    private volatile @Nullable Throwable entryFailure;

    SinkThreads(int workers) {
        AtomicInteger number = new AtomicInteger();
        this.workers =
                Executors.newFixedThreadPool(workers, task -> daemon(task, "sink-worker-" + number.incrementAndGet()));
    }

    Executor workers() {
        return workers;
    }

    /** Begins a look at Supabase that does not wait for the first row. */
    void startEntry(Runnable entry) {
        workers.execute(() -> enter(entry));
    }

    void startLoop(Runnable loop) {
        Thread thread = daemon(() -> guard(loop), "sink-loop");
        loopThread = thread;
        thread.start();
    }

    /** Why the loop has ended by itself, in words; empty while it runs. */
    Optional<String> failure() {
        return end.failure()
                .map(cause -> "the sink has stopped: " + cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }

    /** Why nothing is known of Supabase yet; empty once it has answered. */
    Optional<String> entryProblem() {
        if (entered) {
            return Optional.empty();
        }
        Throwable failure = entryFailure;
        return Optional.of(
                failure == null
                        ? "Supabase has not answered yet"
                        : "the look at Supabase has failed: "
                                + failure.getClass().getSimpleName());
    }

    /** The end of the loop, which is the end of the service's work. */
    ServiceEnd end() {
        return end;
    }

    /** Waits until nothing is sent any more; what takes too long is broken off. */
    void close(SupabaseDelivery supabase) {
        Thread loop = loopThread;
        try {
            if (loop != null && !end.await(LOOP_END)) {
                loop.interrupt();
            }
            supabase.stop();
            workers.shutdownNow();
            if (!workers.awaitTermination(WORKERS_END.toMillis(), TimeUnit.MILLISECONDS)) {
                supabase.close();
                boolean ended = workers.awaitTermination(WORKERS_END.toMillis(), TimeUnit.MILLISECONDS);
                LOG.atWarn().addKeyValue("ended", ended).log("requests under way were broken off");
            }
        } catch (InterruptedException e) {
            // The caller has no time: what is under way is broken off, and comes again.
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void enter(Runnable entry) {
        try {
            entry.run();
            entered = true;
        } catch (AbandonedException e) {
            // The sink stops before Supabase ever answered: nothing was begun.
            LOG.atDebug().log("stopped before Supabase answered");
        } catch (RuntimeException | Error e) {
            // The look only: rows go on. Until somebody restarts it, readiness says what is not known.
            entryFailure = e;
            LOG.atError().setCause(e).log("the look at Supabase has failed by a fault of ours");
        }
    }

    private void guard(Runnable loop) {
        try {
            loop.run();
        } catch (RuntimeException | Error e) {
            // A topic is wrong, Kafka fenced us, or a bug of ours. Nothing is lost: what is not recorded comes again.
            // Health says so, and whoever awaits the end is told.
            end.failed(e);
            LOG.atError().setCause(e).log("the sink's loop has failed");
        } finally {
            end.ended();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
