package com.listingsync.producer.upstream;

import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.producer.connection.Limits;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;

/**
 * What stands between one connection and its upstream, from the outside in: retry, circuit breaker, rate and concurrency
 * limit. Nothing else retries. Thread-safe: all feeds of the connection share it.
 */
public final class Guard {

    private static final double BACKOFF_FACTOR = 2;
    private static final double JITTER = 0.5;
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);
    private static final int WINDOW = 20;
    private static final int JUDGED_FROM = 10;
    private static final Duration OPEN = Duration.ofSeconds(30);

    private final String connection;
    private final RateLimit limit;
    private final CircuitBreaker breaker;
    private final Retry retry;

    /**
     * One try; called again after a failure that may pass.
     *
     * @param <T> what it answers with
     */
    public interface Attempt<T> {
        /**
         * Tries once.
         *
         * @throws UpstreamException when the source is in trouble
         * @throws InterruptedException when the connection is being stopped
         */
        T run() throws InterruptedException;
    }

    public Guard(String connection, Limits limits, RetryRule rule, Meters meters) {
        this.connection = connection;
        this.limit = new RateLimit(connection, limits);
        this.breaker = CircuitBreaker.of(
                connection,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(JUDGED_FROM)
                        .waitDurationInOpenState(OPEN)
                        .recordException(Guard::unwell)
                        .build());
        this.retry = Retry.of(connection, config(rule));
        meters.gauge(Meter.CIRCUIT_BREAKER_STATE, this::breakerState, connection);
    }

    /**
     * The answer of the first attempt that succeeds.
     *
     * @throws UpstreamException when none did, or repeating makes no sense
     * @throws InterruptedException when the connection is being stopped
     */
    public <T> T call(Attempt<T> attempt) throws InterruptedException {
        try {
            return Retry.decorateCheckedSupplier(
                            retry, CircuitBreaker.decorateCheckedSupplier(breaker, () -> limited(attempt)))
                    .get();
        } catch (CallNotPermittedException e) {
            // Nothing was sent. The pass ends; the next one finds the circuit half open.
            throw new UpstreamException(
                    UpstreamException.Kind.FINAL,
                    "paused for " + OPEN.toSeconds() + " s after too many failures (circuit breaker open)",
                    e);
        } catch (InterruptedException | RuntimeException | Error e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("connection " + connection + " is being stopped");
            }
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("an attempt threw what it does not declare", e);
        }
    }

    /** Whether requests are held back because too many failed. */
    public boolean isOpen() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    private <T> T limited(Attempt<T> attempt) throws InterruptedException {
        limit.acquire();
        try {
            return attempt.run();
        } finally {
            limit.release();
        }
    }

    private static RetryConfig config(RetryRule rule) {
        IntervalFunction backoff =
                IntervalFunction.ofExponentialRandomBackoff(rule.delay(), BACKOFF_FACTOR, JITTER, LONGEST_BACKOFF);
        return RetryConfig.custom()
                .maxAttempts(rule.attempts())
                .intervalBiFunction((attempt, outcome) -> Math.max(backoff.apply(attempt), asked(outcome)))
                .retryOnException(e -> worthRepeating(e, rule))
                .build();
    }

    private static long asked(Either<Throwable, Object> outcome) {
        return outcome.isLeft() && outcome.getLeft() instanceof UpstreamException trouble
                ? trouble.requestedWait().orElse(Duration.ZERO).toMillis()
                : 0;
    }

    private static boolean worthRepeating(Throwable e, RetryRule rule) {
        return e instanceof UpstreamException trouble
                && trouble.retryable()
                && trouble.requestedWait().orElse(Duration.ZERO).compareTo(rule.longestWait()) <= 0;
    }

    /** A refusal or a limit says nothing about the server's health. */
    private static boolean unwell(Throwable e) {
        return e instanceof UpstreamException trouble
                && (trouble.kind() == UpstreamException.Kind.PASSING
                        || trouble.kind() == UpstreamException.Kind.TOO_MUCH);
    }

    private int breakerState() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> 2;
            case HALF_OPEN -> 1;
            default -> 0;
        };
    }
}
