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
 * Where every request waits until it may go: for a free place among those in flight, for its turn by the rate limit, for the time that
 * Supabase asked to be left alone, for the circuit breaker. All requests share one gate, so a Retry-After that one of them met holds
 * all of them.
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

    /** How often a waiting request looks whether the breaker's time is over, at most; costs nothing and no request. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final CircuitBreaker breaker;
    private final long nanosPerRequest;
    private final long lookAgainNanos;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private InFlight limit;
    private int inFlight;
    private long entered;
    /** Requests up to this number were on their way when the limit was last lowered: they say nothing about it. */
    private long lowered;

    private long notBeforeNanos;
    private long nextTurnNanos;
    private boolean stopped;
    private @Nullable String trouble;

    Gate(CircuitBreaker breaker, DeliverySettings settings, LongSupplier nanoClock) {
        this.breaker = breaker;
        this.nanosPerRequest =
                settings.requestsPerSecond() == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / settings.requestsPerSecond();
        Duration breakerTimeout = settings.breakerTimeout();
        this.lookAgainNanos = (breakerTimeout.compareTo(LOOK_AGAIN) < 0 ? breakerTimeout : LOOK_AGAIN).toNanos();
        this.nanoClock = nanoClock;
        this.limit = InFlight.first(settings.maxInFlight());
        this.notBeforeNanos = nanoClock.getAsLong();
        this.nextTurnNanos = notBeforeNanos;
    }

    /**
     * Returns when a request may go; it must be followed by {@link #leave}.
     *
     * @throws AbandonedException when the rows were abandoned or the gate was stopped
     */
    Passage enter(Abandonment abandonment) {
        lock.lock();
        try {
            while (true) {
                requireWanted(abandonment);
                long now = nanoClock.getAsLong();
                long wait = Math.max(notBeforeNanos - now, nextTurnNanos - now);
                if (wait <= 0 && inFlight < limit.limit() && breaker.tryAcquirePermission()) {
                    inFlight++;
                    // Evenly spread: a burst is what a gateway punishes.
                    nextTurnNanos = now + nanosPerRequest;
                    return new Passage(++entered, inFlight == limit.limit());
                }
                await(wait > 0 ? Math.min(lookAgainNanos, wait) : lookAgainNanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A request that entered has come back with this verdict.
     *
     * @param waitingShare of its time that it waited in the server, 0 to 1; negative when that is not known
     */
    void leave(Passage passage, DeliveryVerdict verdict, long tookNanos, double waitingShare) {
        lock.lock();
        try {
            inFlight--;
            Runnable consequence = verdict.fold(
                    delivered -> () -> wentWell(passage, tookNanos, waitingShare),
                    later -> () -> mustWait(passage, later, tookNanos),
                    tooLarge -> () -> answered(tookNanos),
                    refused -> () -> answered(tookNanos),
                    wrong -> () -> misconfigured(wrong, tookNanos));
            consequence.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits this long, unless the rows are not wanted any more. */
    void pause(Duration wait, Abandonment abandonment) {
        lock.lock();
        try {
            long until = nanoClock.getAsLong() + wait.toNanos();
            long left = until - nanoClock.getAsLong();
            while (left > 0) {
                requireWanted(abandonment);
                await(Math.min(left, lookAgainNanos));
                left = until - nanoClock.getAsLong();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing but a probe goes until one goes well; {@code reason} says why, in words. */
    void close(String reason) {
        lock.lock();
        try {
            trouble = reason;
            if (breaker.getState() != CircuitBreaker.State.OPEN) {
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

    /** Requests that may be under way now. */
    int limit() {
        lock.lock();
        try {
            return limit.limit();
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

    private void wentWell(Passage passage, long tookNanos, double waitingShare) {
        answered(tookNanos);
        if (passage.crowded() && passage.number() > lowered && waitingShare >= 0) {
            limit = limit.succeeded(waitingShare);
        }
    }

    private void answered(long tookNanos) {
        breaker.onSuccess(tookNanos, TimeUnit.NANOSECONDS);
        if (breaker.getState() == CircuitBreaker.State.CLOSED) {
            trouble = null;
        }
    }

    private void mustWait(Passage passage, RetryLater later, long tookNanos) {
        later.pause().ifPresent(wait -> {
            long until = nanoClock.getAsLong() + wait.toNanos();
            notBeforeNanos = until - notBeforeNanos > 0 ? until : notBeforeNanos;
        });
        trouble = later.words();
        if (later.load() == Load.OVERLOADED && passage.number() > lowered) {
            limit = limit.overloaded();
            lowered = entered;
        }
        if (later.load() == Load.OVERLOADED && breaker.getState() == CircuitBreaker.State.CLOSED) {
            // It answers, so it is not down; that it does not for long is for whoever retries to say.
            breaker.releasePermission();
        } else {
            // A probe that was told to come back later has not gone well, whatever the reason.
            breaker.onError(tookNanos, TimeUnit.NANOSECONDS, new AwayException());
        }
    }

    private void misconfigured(Misconfigured wrong, long tookNanos) {
        breaker.onError(tookNanos, TimeUnit.NANOSECONDS, new AwayException());
        close(wrong.words());
    }

    private void requireWanted(Abandonment abandonment) {
        abandonment.check();
        if (stopped) {
            throw new AbandonedException();
        }
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
