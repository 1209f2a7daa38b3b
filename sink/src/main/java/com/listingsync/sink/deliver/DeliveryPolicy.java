package com.listingsync.sink.deliver;

import com.listingsync.common.trace.TraceFact;
import com.listingsync.common.trace.TraceSpan;
import com.listingsync.common.trace.Tracing;
import com.listingsync.sink.batch.Batch;
import com.listingsync.sink.batch.Pace;
import com.listingsync.sink.deliver.DeliveryVerdict.RetryLater;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Who repeats a request, how often and when: the only layer that does (OkHttp's own repeats are off).
 *
 * <pre>
 *   while Supabase is down or misconfigured:   gate closed, one probe per breaker timeout, for ever
 *     repeat, with back-off and jitter:        as often as configured
 *       gate > one exchange
 * </pre>
 *
 * So a batch ends delivered, refused or too large, never given up. Thread-safe; a call blocks its thread.
 */
final class DeliveryPolicy {

    private static final double BACKOFF_FACTOR = 2;
    private static final double JITTER = 0.5;
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);
    private static final double NOT_KNOWN = -1;

    private final RestClient client;
    private final Gate gate;
    private final BatchSizes sizes;
    private final DeliveryMeters meters;
    private final Tracing tracing;
    private final LongSupplier nanoClock;
    private final int attempts;
    private final IntervalFunction backoff;
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();

    DeliveryPolicy(
            RestClient client,
            Gate gate,
            BatchSizes sizes,
            DeliveryMeters meters,
            Tracing tracing,
            DeliverySettings settings,
            LongSupplier nanoClock) {
        this.client = client;
        this.gate = gate;
        this.sizes = sizes;
        this.meters = meters;
        this.tracing = tracing;
        this.nanoClock = nanoClock;
        this.attempts = settings.retryAttempts();
        this.backoff = backoff(settings.retryDelay());
    }

    /**
     * Sends a batch until it is delivered, refused or too large.
     *
     * @throws AbandonedException when it was abandoned before
     */
    DeliveryVerdict send(Batch batch, Abandonment abandonment) {
        Exchange exchange = new Exchange(() -> client.send(batch), batch.table().name(), Optional.of(batch));
        return untilDecided(exchange, abandonment);
    }

    /** Waits until Supabase has answered that the key may read a table. */
    void awaitEntry(String table, List<String> columns, Abandonment abandonment) {
        untilDecided(new Exchange(() -> client.look(table, columns), table, Optional.empty()), abandonment);
    }

    /** A request, and what it carries; nothing when it only looks. */
    private record Exchange(Supplier<DeliveryVerdict> request, String table, Optional<Batch> batch) {}

    private DeliveryVerdict untilDecided(Exchange exchange, Abandonment abandonment) {
        while (true) {
            DeliveryVerdict verdict = once(exchange, abandonment);
            for (int attempt = 1; attempt < attempts && verdict instanceof RetryLater; attempt++) {
                gate.pause(Duration.ofMillis(backoff.apply(attempt)), abandonment);
                verdict = once(exchange, abandonment);
            }
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

    private DeliveryVerdict once(Exchange exchange, Abandonment abandonment) {
        Passage passage = gate.enter(abandonment);
        TraceSpan span = tracing.within("request");
        long start = nanoClock.getAsLong();
        DeliveryVerdict verdict = VerdictTable.ofFailure("failed", "a request could not be made");
        try {
            verdict = exchange.request().get();
        } finally {
            long took = nanoClock.getAsLong() - start;
            gate.leave(passage, verdict, took, learned(exchange, verdict, took));
            meters.answered(exchange.table(), verdict, took);
            if (span.isTold()) {
                tell(span, exchange.table(), verdict);
            }
        }
        return verdict;
    }

    private static void tell(TraceSpan span, String table, DeliveryVerdict verdict) {
        TraceSpan told = span.with(TraceFact.TABLE, table).with(TraceFact.VERDICT, verdict.label());
        verdict.<Optional<String>>fold(
                        delivered -> Optional.empty(),
                        later -> Optional.of(later.cause()),
                        tooLarge -> Optional.of(tooLarge.cause()),
                        refused -> Optional.of(refused.code()),
                        wrong -> Optional.of(wrong.cause()))
                .ifPresent(told::failed);
        told.end();
    }

    /** The share of its time that a delivered batch waited in the server; negative when nobody can tell. */
    private double learned(Exchange exchange, DeliveryVerdict verdict, long tookNanos) {
        if (exchange.batch().isEmpty() || !(verdict instanceof DeliveryVerdict.Delivered)) {
            return NOT_KNOWN;
        }
        Batch batch = exchange.batch().get();
        sizes.accepted(batch, tookNanos);
        Pace before = paces.getOrDefault(exchange.table(), Pace.UNKNOWN);
        if (!before.comparable(batch.size())) {
            return NOT_KNOWN;
        }
        Pace now = before.after(batch.size(), tookNanos);
        paces.put(exchange.table(), now);
        return now.waitingShare(tookNanos);
    }

    private static IntervalFunction backoff(Duration first) {
        Duration longest = first.compareTo(LONGEST_BACKOFF) > 0 ? first : LONGEST_BACKOFF;
        return IntervalFunction.ofExponentialRandomBackoff(first, BACKOFF_FACTOR, JITTER, longest);
    }
}
