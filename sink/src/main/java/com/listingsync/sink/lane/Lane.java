package com.listingsync.sink.lane;

import com.listingsync.sink.lane.Attempt.Again;
import com.listingsync.sink.lane.Attempt.Trouble;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where errands to one place wait for their turn: one at a time, spaced, repeated with back-off.
 *
 * <pre>
 *   send ─> [its turn?] ─> [the place asked for time?] ─> [breaker closed, or mine the probe?] ─> attempt ─> done
 *               ^                    │ waits                          │ waits                        │
 *               └────────────────────┴────────────────────────────────┴────────── back-off ──────────┘
 * </pre>
 *
 * Waiting for the place or the breaker costs no attempt. Thread-safe; attempts run on the lane's own thread, which ends while
 * there is nothing to do.
 */
public final class Lane implements AutoCloseable {

    private static final long IDLE_SECONDS = 5;
    private static final double SPREAD = 0.3;
    private static final Duration END = Duration.ofSeconds(10);

    private final String name;
    private final LaneRule rule;
    private final CircuitBreaker breaker;
    private final ScheduledThreadPoolExecutor thread;

    /** The following two are confined to the lane's thread. */
    private long nextSlotNanos = System.nanoTime();

    private long notBeforeNanos = nextSlotNanos;

    private volatile @Nullable String trouble;

    /** @param name of the place, for threads and health */
    public Lane(String name, LaneRule rule) {
        this.name = name;
        this.rule = rule;
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        // Opens when all of the last calls failed: so many failures in a row.
                        .failureRateThreshold(100)
                        .slidingWindow(
                                rule.breakerThreshold(),
                                rule.breakerThreshold(),
                                CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .waitDurationInOpenState(rule.breakerTimeout())
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .writableStackTraceEnabled(false)
                        .build());
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "lane-" + name);
            made.setDaemon(true);
            return made;
        });
        thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Takes an errand on.
     *
     * @return what it brings; fails only by a defect of the errand, or with {@link CancellationException} when the lane is
     *     closed before
     */
    public <T> CompletableFuture<T> send(Errand<T> errand) {
        Sending<T> sending = new Sending<>(errand, new CompletableFuture<>(), System.nanoTime());
        sending.after(0);
        return sending.result;
    }

    /** Why errands wait at present, in words; empty when they do not. */
    public Optional<String> trouble() {
        String words = trouble;
        return words == null ? Optional.empty() : Optional.of(name + ": " + words);
    }

    /** 0 closed, 1 half open, 2 open. */
    public int breakerState() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> 2;
            case HALF_OPEN -> 1;
            default -> 0;
        };
    }

    /** Begins no further attempt, and waits for the one under way; what was not decided stays so. Idempotent. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            // The caller has no time: the attempt under way is broken off, its errand comes again from its topic.
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** One errand on its way. Its count is confined to the lane's thread. */
    private final class Sending<T> {

        private final Errand<T> errand;
        private final CompletableFuture<T> result;
        private final long begunNanos;
        private int attempts;
        private @Nullable Again<T> last;

        Sending(Errand<T> errand, CompletableFuture<T> result, long begunNanos) {
            this.errand = errand;
            this.result = result;
            this.begunNanos = begunNanos;
        }

        void after(long nanos) {
            try {
                thread.schedule(this::take, nanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                // Closed: nothing is decided, and whoever waits learns that.
                result.completeExceptionally(new CancellationException(name + " is closed"));
            }
        }

        private void take() {
            try {
                long wait = waitNanos();
                if (wait > 0 && isOver(System.nanoTime() + wait)) {
                    giveUp();
                } else if (wait > 0) {
                    after(wait);
                } else {
                    attempt();
                }
            } catch (RuntimeException | Error e) {
                // A defect of the errand: whoever waits for it is told, and the lane goes on.
                result.completeExceptionally(e);
            }
        }

        /** How long this errand has to wait still; 0 when it may go, and then the breaker counts on its answer. */
        private long waitNanos() {
            long now = System.nanoTime();
            long untilTurn = Math.max(nextSlotNanos, notBeforeNanos) - now;
            if (untilTurn > 0) {
                return untilTurn;
            }
            if (!breaker.tryAcquirePermission()) {
                return spread(rule.breakerTimeout().dividedBy(4));
            }
            nextSlotNanos = now + rule.spacing().toNanos();
            return 0;
        }

        private void attempt() {
            attempts++;
            long begun = System.nanoTime();
            boolean answered = false;
            try {
                Attempt<T> end = errand.attempt(attempts);
                answered = true;
                end.<Runnable>fold(done -> () -> done(done.result(), begun), again -> () -> again(again, begun))
                        .run();
            } finally {
                if (!answered) {
                    breaker.releasePermission();
                }
            }
        }

        private void done(T value, long begun) {
            breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            if (breaker.getState() == CircuitBreaker.State.CLOSED) {
                trouble = null;
            }
            result.complete(value);
        }

        private void again(Again<T> again, long begun) {
            long now = System.nanoTime();
            trouble = again.words();
            if (again.trouble() == Trouble.AWAY) {
                breaker.onError(now - begun, TimeUnit.NANOSECONDS, new AwayException(name));
            } else {
                breaker.releasePermission();
            }
            again.pause().ifPresent(pause -> notBeforeNanos = Math.max(notBeforeNanos, now + pause.toNanos()));
            long wait = Math.max(spread(rule.delayAfter(attempts)), notBeforeNanos - now);
            last = again;
            if (isOver(now + wait)) {
                giveUp();
            } else {
                after(wait);
            }
        }

        private boolean isOver(long nanos) {
            return rule.giveUpAfter()
                    .filter(most -> nanos - begunNanos > most.toNanos())
                    .isPresent();
        }

        private void giveUp() {
            Again<T> end = last;
            if (end == null) {
                String words = trouble == null ? "the place asked to be left alone" : String.valueOf(trouble);
                end = new Again<>("waited", words, Optional.empty(), Trouble.BUSY);
            }
            result.complete(errand.givenUp(end, Math.max(1, attempts)));
        }
    }

    private static long spread(Duration about) {
        double factor = 1 + SPREAD * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return Math.max(1, (long) (about.toNanos() * factor));
    }

    /** What the breaker is told of a failure: it counts exceptions, and nobody throws this one. */
    private static final class AwayException extends Exception {
        private static final long serialVersionUID = 1L;

        AwayException(String name) {
            super(name + " is away", null, false, false);
        }
    }
}
