package com.listingsync.sink.lane;

import java.time.Duration;
import java.util.Optional;

/**
 * How patient a lane is.
 *
 * @param spacing shortest time between the beginnings of two attempts; zero for none
 * @param firstDelay wait before the second attempt of an errand; doubles with each further one
 * @param longestDelay where the doubling ends
 * @param giveUpAfter an errand that has not gone well this long after it came is given up; empty for never
 * @param breakerThreshold failures in a row after which one attempt at a time probes the place
 * @param breakerTimeout time between two probes
 */
public record LaneRule(
        Duration spacing,
        Duration firstDelay,
        Duration longestDelay,
        Optional<Duration> giveUpAfter,
        int breakerThreshold,
        Duration breakerTimeout) {

    public LaneRule {
        if (spacing.isNegative() || firstDelay.toMillis() < 1 || longestDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("a lane needs a spacing of zero or more and delays of 1 ms or more");
        }
        if (breakerThreshold < 1 || breakerTimeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "a lane's breaker needs a threshold of 1 and a timeout of 1 ms at least");
        }
    }

    /** The wait after so many attempts, before any spread at random. */
    Duration delayAfter(int attempts) {
        int doublings = Math.min(attempts - 1, 30);
        long millis = firstDelay.toMillis() << doublings;
        boolean overflown = millis >> doublings != firstDelay.toMillis();
        return overflown || millis > longestDelay.toMillis() ? longestDelay : Duration.ofMillis(millis);
    }
}
