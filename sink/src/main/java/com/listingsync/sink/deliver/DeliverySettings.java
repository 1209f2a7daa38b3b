package com.listingsync.sink.deliver;

import com.listingsync.common.setting.ByteSize;
import com.listingsync.common.setting.Env;
import java.time.Duration;

/**
 * How hard Supabase is worked.
 *
 * @param batchRows most rows in a request
 * @param batchBytes most bytes in a request
 * @param requestsPerSecond most requests begun in a second; 0 for as many as there are
 * @param maxInFlight most requests under way at a time
 * @param retryAttempts tries before Supabase counts as down
 * @param retryDelay wait before the second try; doubles with each, and is spread at random
 * @param breakerThreshold failures in a row before Supabase counts as down
 * @param breakerTimeout time between two probes while it is down
 * @param refusalLimit listings of one batch that one reason may refuse before the table is suspected
 */
public record DeliverySettings(
        @Env(name = "SYNC_BATCH_SIZE", fallback = "500", doc = "Most rows in one request, 1 to 10000.")
        int batchRows,

        @Env(
                name = "SYNC_BATCH_BYTES",
                fallback = "2MiB",
                doc = "Most bytes in one request; a single larger row still travels, alone.")
        ByteSize batchBytes,

        @Env(name = "SYNC_RATE_LIMIT", fallback = "0", doc = "Most requests to Supabase per second; 0 sets no limit.")
        int requestsPerSecond,

        @Env(
                name = "SYNC_MAX_IN_FLIGHT",
                fallback = "16",
                doc = "Most requests under way at a time, 1 to 64; how many there are follows what the server shows.")
        int maxInFlight,

        @Env(
                name = "SYNC_RETRY_ATTEMPTS",
                fallback = "5",
                doc = "Tries of a request before Supabase counts as down; no row is ever given up for that.")
        int retryAttempts,

        @Env(
                name = "SYNC_RETRY_DELAY",
                fallback = "200ms",
                doc =
                        "Wait before the second try; it doubles with each further one, up to 10 s, and is spread at random.")
        Duration retryDelay,

        @Env(
                name = "SYNC_CIRCUIT_BREAKER_THRESHOLD",
                fallback = "5",
                doc = "Failures in a row after which nothing is sent but a probe now and then.")
        int breakerThreshold,

        @Env(
                name = "SYNC_CIRCUIT_BREAKER_TIMEOUT",
                fallback = "10s",
                doc = "Time from one probe to the next while Supabase is down or misconfigured.")
        Duration breakerTimeout,

        @Env(
                name = "SYNC_REFUSAL_LIMIT",
                fallback = "50",
                doc =
                        "When one reason refuses rows of this many listings and most of a batch, the table is taken to be at"
                                + " fault and the sink waits instead of dead-lettering them; 0 always dead-letters.")
        int refusalLimit) {

    public DeliverySettings {
        check(batchRows >= 1 && batchRows <= 10_000, "SYNC_BATCH_SIZE: expected 1 to 10000");
        check(batchBytes.bytes() >= 1, "SYNC_BATCH_BYTES: expected at least 1");
        check(requestsPerSecond >= 0, "SYNC_RATE_LIMIT: expected 0 or more");
        check(maxInFlight >= 1 && maxInFlight <= 64, "SYNC_MAX_IN_FLIGHT: expected 1 to 64");
        check(retryAttempts >= 1, "SYNC_RETRY_ATTEMPTS: expected at least 1");
        check(retryDelay.toMillis() >= 1, "SYNC_RETRY_DELAY: expected at least 1ms");
        check(breakerThreshold >= 1, "SYNC_CIRCUIT_BREAKER_THRESHOLD: expected at least 1");
        check(breakerTimeout.toMillis() >= 1, "SYNC_CIRCUIT_BREAKER_TIMEOUT: expected at least 1ms");
        check(refusalLimit >= 0, "SYNC_REFUSAL_LIMIT: expected 0 or more");
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
