package com.listingsync.producer.connection;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a feed finds out what is gone from its server: by reading all keys now and then.
 *
 * @param every time between two sweeps; empty when there are none but those that somebody asks for
 * @param grace how long a record must be missing before it is deleted, and in at least two sweeps
 * @param brakeShare a sweep that misses more than this share of the known records deletes none, 0 to 1
 * @param brakeLimit a sweep that misses more records than this deletes none
 */
public record Sweeping(Optional<Duration> every, Duration grace, double brakeShare, int brakeLimit) {

    /** A listing that sold leaves IDX without a word (facts.md §1): within a day it should leave us too. */
    static final Duration LISTINGS = Duration.ofHours(24);

    /** Children that go while their listing stays are rare, and go with it when it does. */
    static final Duration CHILDREN = Duration.ofDays(7);

    /** Long enough for a feed that is restored from a backup, or a person who wakes up. */
    static final Duration GRACE = Duration.ofHours(24);

    static final double BRAKE_SHARE = 0.1;
    static final int BRAKE_LIMIT = 10_000;

    public Sweeping {
        Objects.requireNonNull(every, "every");
        if (every.filter(time -> time.isZero() || time.isNegative()).isPresent()
                || grace.isNegative()
                || !(brakeShare >= 0 && brakeShare <= 1)
                || brakeLimit < 0) {
            throw new IllegalArgumentException(
                    "sweeping needs a time above zero or none, a grace period of zero or more,"
                            + " a share of 0 to 1 and a limit of zero or more");
        }
    }
}
