package com.listingsync.embedded.upstream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A number of requests that is allowed in each window of time; windows follow one another. Thread-safe. */
public final class Quota {
    /**
     * How many requests in how long.
     *
     * @param requests at least 1
     */
    public record Rule(int requests, Duration window) {
        public Rule {
            if (requests < 1 || window.isNegative() || window.isZero()) {
                throw new IllegalArgumentException(
                        "A quota is 1 or more requests in some time, not " + requests + " in " + window);
            }
        }
    }

    /**
     * What became of one request.
     *
     * @param remaining requests that this window still allows
     * @param untilReset time until the next window
     */
    public record Verdict(boolean allowed, int remaining, Duration untilReset) {}

    private final Rule rule;
    private final Clock clock;
    private Instant windowEnd = Instant.MIN;
    private int used;

    public Quota(Rule rule, Clock clock) {
        this.rule = rule;
        this.clock = clock;
    }

    public synchronized Verdict take() {
        Instant now = clock.instant();
        if (!now.isBefore(windowEnd)) {
            windowEnd = now.plus(rule.window());
            used = 0;
        }
        Duration untilReset = Duration.between(now, windowEnd);
        if (used == rule.requests()) {
            return new Verdict(false, 0, untilReset);
        }
        used++;
        return new Verdict(true, rule.requests() - used, untilReset);
    }
}
