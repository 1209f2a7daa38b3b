package com.listingsync.producer.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The threads that the feeds of one connection run on. Thread-safe. */
public final class FeedThreads implements AutoCloseable {

    private static final long STOP_SECONDS = 10;

    private final ExecutorService threads;

    /**
     * Work on one feed.
     *
     * @param <F> the feed
     * @param <R> its result
     */
    public interface Work<F, R> {
        R on(F feed) throws InterruptedException;
    }

    public FeedThreads(String connection) {
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "feed-" + connection + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts a task of its own; it ends when its future is cancelled. */
    public Future<?> start(Runnable task) {
        return threads.submit(task);
    }

    /**
     * Works on all feeds side by side and waits for all of them.
     *
     * @return the results by name, in the order given
     * @throws RuntimeException the first one that any work threw, after all have ended
     * @throws InterruptedException when the caller is to stop; the work is told to
     */
    public <F, R> Map<String, R> callAll(Map<String, F> feeds, Work<F, R> work) throws InterruptedException {
        Map<String, Future<R>> futures = new LinkedHashMap<>();
        feeds.forEach((name, feed) -> {
            Callable<R> call = () -> work.on(feed);
            futures.put(name, threads.submit(call));
        });
        Map<String, R> results = new LinkedHashMap<>();
        Throwable trouble = null;
        try {
            for (Map.Entry<String, Future<R>> future : futures.entrySet()) {
                try {
                    results.put(future.getKey(), future.getValue().get());
                } catch (ExecutionException e) {
                    // Thrown on below, once the other feeds have done what they can.
                    trouble = trouble == null ? e.getCause() : trouble;
                }
            }
        } catch (InterruptedException e) {
            futures.values().forEach(future -> future.cancel(true));
            throw e;
        }
        throwOn(trouble);
        return results;
    }

    /** Tells all work to stop and waits a while for it. */
    @Override
    public void close() {
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // Told to stop twice: then without waiting. What is under way is rolled back by whoever takes the feeds
            // over.
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void throwOn(@Nullable Throwable trouble) throws InterruptedException {
        if (trouble instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (trouble instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (trouble instanceof Error error) {
            throw error;
        }
        if (trouble != null) {
            throw new IllegalStateException("work on a feed threw what it does not declare", trouble);
        }
    }
}
