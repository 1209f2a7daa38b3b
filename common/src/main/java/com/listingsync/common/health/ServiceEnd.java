package com.listingsync.common.health;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The end of a service's work: whether it has come, and the failure that brought it about, if one did. Thread-safe. */
public final class ServiceEnd {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** Records why the work can't go on; the first cause counts. What still runs may end before {@link #ended()} is called. */
    public void failed(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    /** The work has ended, by its own failure or because it was asked to. Idempotent. */
    public void ended() {
        ended.countDown();
    }

    /** The end comes by itself after this long, if what still runs has not brought it before: it may hang. */
    public void endWithin(Duration atMost) {
        Thread waiting = new Thread(
                () -> {
                    try {
                        await(atMost);
                    } catch (InterruptedException e) {
                        // Nobody interrupts it; if somebody does, the end comes sooner.
                        Thread.currentThread().interrupt();
                    }
                    ended();
                },
                "service-end");
        waiting.setDaemon(true);
        waiting.start();
    }

    /** Why the work can't go on; empty while nothing is wrong, and after an end that was asked for. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /**
     * Waits for the end.
     *
     * @param service its name, for the sentence
     * @throws IllegalStateException when the service failed, with the cause
     */
    public void await(String service) throws InterruptedException {
        ended.await();
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("the " + service + " stopped by its own failure", cause);
        }
    }

    /** Waits for the end, but not for long; says whether it has come. */
    public boolean await(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}
