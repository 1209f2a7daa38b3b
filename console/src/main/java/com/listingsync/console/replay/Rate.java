package com.listingsync.console.replay;

import java.time.Duration;

/** A rate that is kept on average. Told the time in nanoseconds from any origin; confined to one thread. */
final class Rate {

    private static final double NANOS_PER_SECOND = 1e9;

    /** Of a second: rounds are cut so small that a rate is even over this time. */
    private static final int ROUNDS_PER_SECOND = 4;

    private final int perSecond;
    private double freeAt = Double.NEGATIVE_INFINITY;

    /** @param perSecond 0 sets no limit */
    Rate(int perSecond) {
        this.perSecond = perSecond;
    }

    /** One more was sent. */
    void spend(long now) {
        if (perSecond > 0) {
            freeAt = Math.max(freeAt, now) + NANOS_PER_SECOND / perSecond;
        }
    }

    /** How long until the next one may be sent; zero when it may now. */
    Duration pause(long now) {
        return freeAt <= now ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(freeAt - now));
    }

    /** Most rows of a round; 0 for as many as there are. */
    int mostRows() {
        return perSecond == 0 ? 0 : Math.max(1, perSecond / ROUNDS_PER_SECOND);
    }
}
