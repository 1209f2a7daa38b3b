package com.listingsync.producer.connection;

import java.time.Duration;

/**
 * How often a feed is read.
 *
 * @param longest time between two passes when nothing changes
 * @param shortest time between two passes while every one of them brings changes; at most {@code longest}
 */
public record Polling(Duration longest, Duration shortest) {

    /** Within this time a change of status must be known, whatever the upstream (the contract). */
    static final Duration CONTRACT = Duration.ofMinutes(15);

    /** Where the upstream allows much more than we ask for. */
    static final Duration OFTEN = Duration.ofMinutes(5);

    /** Rooms hardly change after their listing came, and a change of listings brings their pass forward. */
    static final Duration SELDOM = Duration.ofMinutes(30);

    /** A minute is as fresh as a person can tell. */
    static final Duration BUSY = Duration.ofMinutes(1);

    /** A pass without changes asks once, one with changes at least twice. */
    private static final int REQUESTS = 2;

    /** Idle polling may take this share of what an upstream allows before it is done less often. */
    private static final double IDLE_SHARE = 0.1;

    /** Polling at its busiest leaves this share of what an upstream allows to pages and commands. */
    private static final double BUSY_SHARE = 0.5;

    public Polling {
        if (shortest.isNegative() || shortest.isZero() || shortest.compareTo(longest) > 0) {
            throw new IllegalArgumentException("the shortest interval is above zero and at most the longest");
        }
    }

    /** The interval of feeds that bear a status, unless they say otherwise: shorter where the limits are known to allow it. */
    static Duration usual(Limits limits, int feeds) {
        double perSecond = limits.sustained();
        boolean allowed =
                Double.isFinite(perSecond) && (double) feeds * REQUESTS / OFTEN.toSeconds() <= IDLE_SHARE * perSecond;
        return allowed ? OFTEN : CONTRACT;
    }

    /** The same, but never so often that the polling of this many feeds takes more than half of what the limits allow. */
    public Polling within(Limits limits, int feeds) {
        double perSecond = limits.sustained();
        if (!Double.isFinite(perSecond)) {
            return this;
        }
        Duration floor = Duration.ofMillis((long) Math.ceil(1000.0 * feeds * REQUESTS / (BUSY_SHARE * perSecond)));
        return new Polling(later(longest, floor), later(shortest, floor));
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
