package com.listingsync.sink.deliver;

import com.listingsync.sink.batch.Batch;
import com.listingsync.sink.deliver.DeliveryVerdict.RetryLater;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Who repeats a request, how often and when: the only layer that does (OkHttp's own repeats are off).
 *
 * <pre>
 *   while Supabase is down or misconfigured:   gate closed, one probe per breaker timeout, for ever
 *     retry, with back-off and jitter:         as often as configured
 *       rate limit > gate > one exchange
 * </pre>
 *
 * So a batch ends delivered, refused or too large, never given up. Thread-safe; a call blocks its thread.
 */
final class DeliveryPolicy {

    private static final double BACKOFF_FACTOR = 2;
    private static final double JITTER = 0.5;
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

    /** A request that waited this long for its turn looks again whether it should still go. */
    private static final Duration RATE_PATIENCE = Duration.ofSeconds(1);

    private final RestClient client;
    private final Gate gate;
    private final DeliveryMeters meters;
    private final LongSupplier nanoClock;
    private final Retry retry;
    private final Optional<RateLimiter> rate;

    DeliveryPolicy(
            RestClient client, Gate gate, DeliveryMeters meters, DeliverySettings settings, LongSupplier nanoClock) {
        this.client = client;
        this.gate = gate;
        this.meters = meters;
        this.nanoClock = nanoClock;
        this.retry = Retry.of(
                "supabase",
                RetryConfig.<DeliveryVerdict>custom()
                        .maxAttempts(settings.retryAttempts())
                        .retryOnResult(DeliveryPolicy::mayHeal)
                        .retryOnException(failure -> false)
                        .intervalFunction(backoff(settings.retryDelay()))
                        .build());
        this.rate = rate(settings.requestsPerSecond());
    }

    /**
     * Sends a batch until it is delivered, refused or too large.
     *
     * @throws AbandonedException when it was abandoned before
     */
    DeliveryVerdict send(Batch batch, Abandonment abandonment) {
        return untilDecided(() -> client.send(batch), batch.table().name(), abandonment);
    }

    /** Waits until Supabase has answered that the key may read a table. */
    void awaitEntry(String table, String column, Abandonment abandonment) {
        untilDecided(() -> client.look(table, column), table, abandonment);
    }

    private DeliveryVerdict untilDecided(Supplier<DeliveryVerdict> exchange, String table, Abandonment abandonment) {
        while (true) {
            DeliveryVerdict verdict = retry.executeSupplier(() -> once(exchange, table, abandonment));
            Optional<String> trouble = verdict.fold(
                    delivered -> Optional.empty(),
                    later -> Optional.of(later.words()),
                    tooLarge -> Optional.empty(),
                    refused -> Optional.empty(),
                    wrong -> Optional.of(wrong.words()));
            if (trouble.isEmpty()) {
                return verdict;
            }
            gate.close(trouble.get());
        }
    }

    private DeliveryVerdict once(Supplier<DeliveryVerdict> exchange, String table, Abandonment abandonment) {
        while (rate.isPresent() && !rate.get().acquirePermission()) {
            abandonment.check();
        }
        gate.enter(abandonment);
        long start = nanoClock.getAsLong();
        DeliveryVerdict verdict = VerdictTable.ofFailure("failed", "a request could not be made");
        try {
            verdict = exchange.get();
        } finally {
            long took = nanoClock.getAsLong() - start;
            gate.leave(verdict, took);
            meters.answered(table, verdict, took);
        }
        return verdict;
    }

    private static boolean mayHeal(DeliveryVerdict verdict) {
        return verdict instanceof RetryLater;
    }

    private static IntervalFunction backoff(Duration first) {
        Duration longest = first.compareTo(LONGEST_BACKOFF) > 0 ? first : LONGEST_BACKOFF;
        return IntervalFunction.ofExponentialRandomBackoff(first, BACKOFF_FACTOR, JITTER, longest);
    }

    /** One permission at a time, evenly spread: a burst at the start of each second would be what a gateway punishes. */
    private static Optional<RateLimiter> rate(int requestsPerSecond) {
        if (requestsPerSecond == 0) {
            return Optional.empty();
        }
        return Optional.of(RateLimiter.of(
                "supabase",
                RateLimiterConfig.custom()
                        .limitForPeriod(1)
                        .limitRefreshPeriod(Duration.ofSeconds(1).dividedBy(requestsPerSecond))
                        .timeoutDuration(RATE_PATIENCE)
                        .build()));
    }
}
