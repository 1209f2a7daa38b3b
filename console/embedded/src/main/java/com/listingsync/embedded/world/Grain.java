package com.listingsync.embedded.world;

import java.time.temporal.ChronoUnit;

/** How finely the MLS stores time, whatever its pages print. */
record Grain(ChronoUnit unit) {
    private static final long MICROS_PER_SECOND = 1_000_000L;

    /** The stored time of something that happened to the row of this key within the second, in microseconds. */
    long micros(long epochSecond, String key) {
        long step = unit.getDuration().toNanos() / 1_000;
        long within = Math.floorMod(key.hashCode() * 0x9E3779B9L + epochSecond * 31, MICROS_PER_SECOND);
        return epochSecond * MICROS_PER_SECOND + within / step * step;
    }
}
