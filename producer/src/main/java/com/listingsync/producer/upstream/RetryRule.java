package com.listingsync.producer.upstream;

import com.listingsync.common.setting.Env;
import java.time.Duration;

/**
 * How often and after how long a request to a source is repeated.
 *
 * @param attempts tries in all, at least 1
 * @param delay wait before the second try; doubled for each further one, up to a minute, give or take half
 * @param longestWait the longest wait a server may ask for within a pass; one that asks for more ends the pass
 * @param silence how long an MLS may send nothing, before its answer or within it
 */
public record RetryRule(
        @Env(
                name = "SYNC_SOURCE_RETRY_ATTEMPTS",
                fallback = "5",
                doc = "How often a request to an MLS or to Google is tried in all, at least 1.")
        int attempts,

        @Env(
                name = "SYNC_SOURCE_RETRY_DELAY",
                fallback = "1s",
                doc = "Wait before the second try of such a request; doubled for each further one, up to 1m.")
        Duration delay,

        @Env(
                name = "SYNC_SOURCE_LONGEST_WAIT",
                fallback = "5m",
                doc = "Longest wait that a source may ask for (429) within a pass; one that asks for more ends it.")
        Duration longestWait,

        @Env(
                name = "SYNC_SOURCE_TIMEOUT",
                fallback = "60s",
                doc = "How long an MLS may send nothing, before its answer or within it. One that takes longer is asked"
                        + " for smaller pages.")
        Duration silence) {

    public RetryRule {
        if (attempts < 1) {
            throw new IllegalArgumentException("SYNC_SOURCE_RETRY_ATTEMPTS: expected at least 1");
        }
        if (delay.toMillis() < 1) {
            throw new IllegalArgumentException("SYNC_SOURCE_RETRY_DELAY: expected at least 1ms");
        }
        if (silence.toMillis() < 1) {
            throw new IllegalArgumentException("SYNC_SOURCE_TIMEOUT: expected at least 1ms");
        }
    }
}
