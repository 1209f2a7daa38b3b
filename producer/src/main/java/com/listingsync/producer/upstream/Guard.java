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
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What stands between one connection and its upstream, from the outside in: retry, circuit breaker, rate and concurrency
 * limit. Nothing else retries. Thread-safe: all feeds of the connection share it.
 *
 * <p>A 429 holds back every feed of the connection, since the limit spans them; a 401 that outlived a new token stops the
 * connection for a while, since each further one may cost the account.
 */
public final class Guard {

    private static final double BACKOFF_FACTOR = 2;
    private static final double JITTER = 0.5;
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);
    private static final int WINDOW = 20;
    private static final int JUDGED_FROM = 10;
    private static final Duration OPEN = Duration.ofSeconds(30);
    private static final int HTTP_UNAUTHORIZED = 401;

    /** How long a connection whose token is refused asks for nothing. */
    static final Duration REFUSED = Duration.ofMinutes(5);

    private final String connection;
    private final Turnstile turnstile;
    private final CircuitBreaker breaker;
    private final RetryRule rule;
    private final Retry retry;
    private final Retry retryButTooMuch;
    private final AtomicInteger limitedInARow = new AtomicInteger();

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

    public Guard(String connection, Limits limits, RetryRule rule, Meters meters, Clock clock) {
        this.connection = connection;
        this.turnstile = new Turnstile(limits, clock);
        this.breaker = CircuitBreaker.of(
                connection,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(JUDGED_FROM)
                        .waitDurationInOpenState(OPEN)
                        .recordException(Guard::unwell)
                        .build());
        this.rule = rule;
        this.retry = Retry.of(connection, config(rule, TooMuch.REPEATS));
        this.retryButTooMuch = Retry.of(connection, config(rule, TooMuch.GIVES_UP));
        meters.gauge(Meter.CIRCUIT_BREAKER_STATE, this::breakerState, connection);
        meters.gauge(Meter.PRODUCER_CONCURRENCY, turnstile::concurrency, connection);
        turnstile.windows().forEach(window -> {
            meters.gauge(Meter.PRODUCER_REQUESTS_LEFT, () -> turnstile.left(window), connection, window.name());
            meters.gauge(Meter.PRODUCER_REQUESTS_LIMIT, () -> turnstile.limit(window), connection, window.name());
        });
        count(retry, meters);
        count(retryButTooMuch, meters);
    }

    /** The answer of the first attempt that succeeds; see {@link #call(TooMuch, Attempt)}. */
    public <T> T call(Attempt<T> attempt) throws InterruptedException {
        return call(TooMuch.REPEATS, attempt);
    }

    /**
     * The answer of the first attempt that succeeds.
     *
     * @throws UpstreamException when none did, or repeating makes no sense
     * @throws InterruptedException when the connection is being stopped
     */
    public <T> T call(TooMuch tooMuch, Attempt<T> attempt) throws InterruptedException {
        try {
            return Retry.decorateCheckedSupplier(
                            tooMuch == TooMuch.REPEATS ? retry : retryButTooMuch,
                            CircuitBreaker.decorateCheckedSupplier(breaker, () -> limited(attempt)))
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

    /** Remembers requests over restarts from now on, going on from what {@code log} keeps. */
    public void remember(SpendingLog log, Optional<byte[]> last) {
        turnstile.remember(log, last);
    }

    /** Stops remembering, as when the connection goes to another producer. */
    public void forget() {
        turnstile.forget();
    }

    /** Whether there is a limit worth remembering over restarts: one by the minute, hour or day. */
    public boolean remembers() {
        return turnstile.remembers();
    }

    /** Why no request is made now, in words; empty when one may be. */
    public Optional<String> problem() {
        return breaker.getState() == CircuitBreaker.State.OPEN
                ? Optional.of("requests are paused after too many failures (circuit breaker open)")
                : turnstile.problem();
    }

    /** How things stand, in words: the breaker, and what is left of the limits. */
    public String words() {
        String state = breaker.getState().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "circuit breaker " + state + "; " + turnstile.words();
    }

    /** Notes the headers of an answer, and how many nanoseconds they took. */
    void answered(long nanos, Function<String, @Nullable String> header) {
        turnstile.answered(nanos, header);
    }

    private <T> T limited(Attempt<T> attempt) throws InterruptedException {
        turnstile.enter();
        try {
            T answer = attempt.run();
            limitedInARow.set(0);
            return answer;
        } catch (UpstreamException e) {
            // Thrown on; the other feeds are held back for as long as it concerns them.
            if (e.kind() == UpstreamException.Kind.LIMITED) {
                turnstile.pause(e.requestedWait().orElseGet(this::ownWait));
            } else if (e.status() == HTTP_UNAUTHORIZED) {
                turnstile.refuse(REFUSED, e);
            }
            throw e;
        } finally {
            turnstile.leave();
        }
    }

    /** MLS Grid answers 429 without saying for how long (facts.md §1). */
    private Duration ownWait() {
        int before = Math.min(limitedInARow.getAndIncrement(), 10);
        Duration wait = rule.delay().multipliedBy(1L << before);
        return wait.compareTo(LONGEST_BACKOFF) < 0 ? wait : LONGEST_BACKOFF;
    }

    private static RetryConfig config(RetryRule rule, TooMuch tooMuch) {
        IntervalFunction backoff =
                IntervalFunction.ofExponentialRandomBackoff(rule.delay(), BACKOFF_FACTOR, JITTER, LONGEST_BACKOFF);
        return RetryConfig.custom()
                .maxAttempts(rule.attempts())
                .intervalBiFunction((attempt, outcome) -> Math.max(backoff.apply(attempt), asked(outcome)))
                .retryOnException(e -> worthRepeating(e, rule, tooMuch))
                .build();
    }

    private static long asked(Either<Throwable, Object> outcome) {
        return outcome.isLeft() && outcome.getLeft() instanceof UpstreamException trouble
                ? trouble.requestedWait().orElse(Duration.ZERO).toMillis()
                : 0;
    }

    private static boolean worthRepeating(Throwable e, RetryRule rule, TooMuch tooMuch) {
        return e instanceof UpstreamException trouble
                && trouble.retryable()
                && !(tooMuch == TooMuch.GIVES_UP && trouble.kind() == UpstreamException.Kind.TOO_MUCH)
                && trouble.requestedWait().orElse(Duration.ZERO).compareTo(rule.longestWait()) <= 0;
    }

    /** A refusal or a limit says nothing about the server's health. */
    private static boolean unwell(Throwable e) {
        return e instanceof UpstreamException trouble
                && (trouble.kind() == UpstreamException.Kind.PASSING
                        || trouble.kind() == UpstreamException.Kind.TOO_MUCH);
    }

    private void count(Retry of, Meters meters) {
        of.getEventPublisher()
                .onRetry(again -> meters.counter(Meter.PRODUCER_RETRIES, connection, cause(again.getLastThrowable()))
                        .increment());
    }

    private static String cause(@Nullable Throwable e) {
        return e instanceof UpstreamException trouble ? trouble.kind().name().toLowerCase(Locale.ROOT) : "other";
    }

    private int breakerState() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> 2;
            case HALF_OPEN -> 1;
            default -> 0;
        };
    }
}
