package com.listingsync.embedded.world;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Beats at an interval on a daemon thread of its own until it is closed. Thread-safe. */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Runnable beat;
    private @Nullable ScheduledExecutorService thread;

    Heartbeat(Runnable beat) {
        this.beat = beat;
    }

    synchronized void start(Duration interval) {
        if (thread != null) {
            return;
        }
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "sample-world");
            daemon.setDaemon(true);
            return daemon;
        });
        thread = started;
        // Never read: a beat catches what goes wrong in it.
        Future<?> unused = started.scheduleWithFixedDelay(
                this::once, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void once() {
        try {
            beat.run();
        } catch (RuntimeException e) {
            // This beat's changes are lost, or in part; the next beat comes as usual. Whoever watches the log notices.
            LOG.atError().setCause(e).log("sample world could not change");
        }
    }

    @Override
    public void close() {
        ScheduledExecutorService running;
        synchronized (this) {
            running = thread;
            thread = null;
        }
        if (running != null) {
            running.shutdown();
            try {
                // A beat takes milliseconds; it ends before the journal that it writes to is closed.
                running.awaitTermination(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // The beat may fail at a closed journal; the thread is a daemon and ends with the process.
                Thread.currentThread().interrupt();
            }
        }
    }
}
