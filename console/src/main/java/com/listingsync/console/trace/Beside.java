package com.listingsync.console.trace;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.kafka.common.KafkaException;

/**
 * Something that is read on a thread of its own while its owner reads something else. Whoever leaves it before it is done interrupts
 * it. Confined to the thread that started it.
 */
final class Beside<T> implements AutoCloseable {

    private final FutureTask<T> task;

    private Beside(FutureTask<T> task) {
        this.task = task;
    }

    /** Starts it. */
    static <T> Beside<T> start(String name, Callable<T> reading) {
        FutureTask<T> task = new FutureTask<>(reading);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return new Beside<>(task);
    }

    /** What it found, once it has; fails as it failed. */
    T get() {
        try {
            return task.get();
        } catch (InterruptedException e) {
            // Somebody wants this thread to end: nothing was changed by reading.
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while the log was read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new KafkaException("the log could not be read", e.getCause());
        }
    }

    @Override
    public void close() {
        task.cancel(true);
    }
}
