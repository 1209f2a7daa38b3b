package com.listingsync.sink.deliver;

import com.listingsync.sink.batch.InFlight;
import com.listingsync.sink.deliver.DeliveryVerdict.Misconfigured;
import com.listingsync.sink.deliver.DeliveryVerdict.RetryLater;
import com.listingsync.sink.deliver.DeliveryVerdict.RetryLater.Load;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where every request waits until it may go: for a free place among those in flight, for the time that Supabase asked to be
 * left alone, for the circuit breaker. All requests share one gate, so a Retry-After that one of them met holds all of them.
 *
 * <pre>
 *   open ── threshold failures in a row, or anything misconfigured ──> closed ── breaker timeout ──> one probe
 *    ^                                                                   ^                              │
 *    └────────────────────────── it went well ───────────────────────────┴────────── it failed ─────────┘
 * </pre>
 *
 * Thread-safe.
 */
final class Gate {

    /** How often a waiting request looks whether the breaker's time is over; costs nothing and no request. */
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(50).toNanos();

    private final CircuitBreaker breaker;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private InFlight limit;
    private int inFlight;
    private long notBeforeNanos;
    private boolean stopped;
    private @Nullable String trouble;

    Gate(CircuitBreaker breaker, int maxInFlight, LongSupplier nanoClock) {
        this.breaker = breaker;
        this.nanoClock = nanoClock;
        this.limit = InFlight.full(maxInFlight);
        this.notBeforeNanos = nanoClock.getAsLong();
    }

    /**
     * Returns when a request may go; it must be followed by {@link #leave}.
     *
     * @throws AbandonedException when the rows were abandoned or the gate was stopped
     */
    void enter(Abandonment abandonment) {
        lock.lock();
        try {
            while (true) {
                abandonment.check();
                if (stopped) {
                    throw new AbandonedException();
                }
                long wait = notBeforeNanos - nanoClock.getAsLong();
                if (wait <= 0 && inFlight < limit.limit() && breaker.tryAcquirePermission()) {
                    inFlight++;
                    return;
                }
                await(Math.min(LOOK_AGAIN_NANOS, wait > 0 ? wait : LOOK_AGAIN_NANOS));
            }
        } finally {
            lock.unlock();
        }
    }

    /** A request that entered has come back with this verdict after this time. */
    void leave(DeliveryVerdict verdict, long tookNanos) {
        lock.lock();
        try {
            inFlight--;
            Runnable consequence = verdict.fold(
                    delivered -> () -> wentWell(tookNanos),
                    later -> () -> mustWait(later, tookNanos),
                    tooLarge -> () -> answered(tookNanos),
                    refused -> () -> answered(tookNanos),
                    wrong -> () -> misconfigured(wrong, tookNanos));
            consequence.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing but a probe goes until one goes well; {@code reason} says why, in words. */
    void close(String reason) {
        lock.lock();
        try {
            trouble = reason;
            if (breaker.getState() == CircuitBreaker.State.CLOSED) {
                breaker.transitionToOpenState();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing through any more; those who wait are told so. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing goes through at present, in words; empty when it does. */
    Optional<String> closedBecause() {
        lock.lock();
        try {
            if (breaker.getState() != CircuitBreaker.State.CLOSED) {
                return Optional.of(trouble == null ? "Supabase does not answer" : trouble);
            }
            long wait = notBeforeNanos - nanoClock.getAsLong();
            return wait > 0
                    ? Optional.of("Supabase asked to be left alone for another "
                            + Duration.ofNanos(wait).toSeconds() + " s")
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Requests under way. */
    int inFlight() {
        lock.lock();
        try {
            return inFlight;
        } finally {
            lock.unlock();
        }
    }

    /** 0 closed, 1 half open, 2 open. */
    int breakerState() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> 2;
            case HALF_OPEN -> 1;
            default -> 0;
        };
    }

    private void wentWell(long tookNanos) {
        answered(tookNanos);
        limit = limit.succeeded();
    }

    private void answered(long tookNanos) {
        breaker.onSuccess(tookNanos, TimeUnit.NANOSECONDS);
        if (breaker.getState() == CircuitBreaker.State.CLOSED) {
            trouble = null;
        }
    }

    private void mustWait(RetryLater later, long tookNanos) {
        later.pause().ifPresent(wait -> {
            long until = nanoClock.getAsLong() + wait.toNanos();
            notBeforeNanos = until - notBeforeNanos > 0 ? until : notBeforeNanos;
        });
        trouble = later.words();
        if (later.load() == Load.OVERLOADED) {
            // It answers, so it is not down; that it does not for long is for whoever retries to say.
            breaker.releasePermission();
            limit = limit.overloaded();
        } else {
            breaker.onError(tookNanos, TimeUnit.NANOSECONDS, new AwayException());
        }
    }

    private void misconfigured(Misconfigured wrong, long tookNanos) {
        breaker.onError(tookNanos, TimeUnit.NANOSECONDS, new AwayException());
        close(wrong.words());
    }

    private void await(long nanos) {
        try {
            changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            // Somebody wants this thread to end: its rows come again from their topic.
            Thread.currentThread().interrupt();
            throw new AbandonedException();
        }
    }

    /** What the breaker is told of a failure: it counts exceptions, and nobody throws this one. */
    private static final class AwayException extends Exception {
        private static final long serialVersionUID = 1L;

        AwayException() {
            super("Supabase is away", null, false, false);
        }
    }
}
