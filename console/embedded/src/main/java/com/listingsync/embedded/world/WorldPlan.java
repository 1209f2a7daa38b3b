package com.listingsync.embedded.world;

import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a sample world is to be. Two worlds of the same plan, made on the same day of the plan's clock, are the same.
 *
 * @param listings listings that the VOW feed shows at first, at least 1; IDX shows about four of five
 * @param journal where changes are kept over a restart; empty for a world that forgets
 * @param clock gives live changes their timestamps, and on a world's first start its newest day
 * @param timestampUnit how finely the MLS stores time: seconds as it prints them, or finer than it prints (facts.md §1)
 * @param badValues listings whose ListPrice is words, which a pipeline has to refuse
 */
public record WorldPlan(
        long seed, int listings, Optional<Path> journal, Clock clock, ChronoUnit timestampUnit, int badValues) {

    public WorldPlan {
        if (listings < 1 || listings > 1_000_000) {
            throw new IllegalArgumentException("A sample world has 1 to 1,000,000 listings, not " + listings);
        }
        if (timestampUnit.compareTo(ChronoUnit.MICROS) < 0 || timestampUnit.compareTo(ChronoUnit.SECONDS) > 0) {
            throw new IllegalArgumentException(
                    "A sample world stores time in microseconds to seconds, not in " + timestampUnit);
        }
        if (badValues < 0 || badValues > listings) {
            throw new IllegalArgumentException("Of " + listings + " listings, " + badValues + " can't have bad values");
        }
    }

    /** Whole seconds, no bad values, no journal, the system's clock. */
    public static WorldPlan of(long seed, int listings) {
        return new WorldPlan(seed, listings, Optional.empty(), Clock.systemUTC(), ChronoUnit.SECONDS, 0);
    }

    public WorldPlan withJournal(Path file) {
        return new WorldPlan(seed, listings, Optional.of(file), clock, timestampUnit, badValues);
    }

    public WorldPlan withClock(Clock newClock) {
        return new WorldPlan(seed, listings, journal, newClock, timestampUnit, badValues);
    }

    public WorldPlan withTimestampUnit(ChronoUnit unit) {
        return new WorldPlan(seed, listings, journal, clock, unit, badValues);
    }

    public WorldPlan withBadValues(int count) {
        return new WorldPlan(seed, listings, journal, clock, timestampUnit, count);
    }
}
