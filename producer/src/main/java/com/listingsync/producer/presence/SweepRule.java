package com.listingsync.producer.presence;

import com.listingsync.producer.connection.Sweeping;
import java.util.Optional;

/**
 * What one sweep may believe and delete. Immutable and pure.
 *
 * @param settings of the feed
 * @param number of this sweep
 * @param at when it began, in milliseconds since 1970
 * @param confirmed what sweeps up to this number missed was confirmed by a person
 */
public record SweepRule(Sweeping settings, long number, long at, long confirmed) {

    /** Fewer missing records than this never hold a sweep: a small feed may lose a fifth of itself on one morning. */
    static final int BRAKE_FROM = 20;

    /** A record must be missing in so many sweeps: one alone may have met a server that is being rebuilt. */
    static final int SWEEPS = 2;

    /** A count may be off by what changes while keys are read: one in two hundred, or a few. */
    private static final double COUNT_SHARE = 0.005;

    private static final int COUNT_FEW = 3;

    /**
     * Why what was read of the server's keys can't be believed; empty when it can.
     *
     * @param read different keys that were read
     * @param count how many the server said there are; empty when it did not say
     * @param known records that the log holds
     */
    public static Optional<String> disbelief(long read, Optional<Long> count, long known) {
        if (read == 0 && known > 0) {
            return Optional.of("its server gave no key at all, while " + known + " records are known");
        }
        long off = count.map(said -> Math.abs(said - read)).orElse(0L);
        return off > Math.max(COUNT_FEW, COUNT_SHARE * count.orElse(0L))
                ? Optional.of("its server gave " + read + " keys and said that there are " + count.orElse(0L))
                : Optional.empty();
    }

    /**
     * Why nothing is deleted although records are missing; empty when it is.
     *
     * @param missing records that are missing and that nobody confirmed
     * @param known records that the log holds
     */
    public Optional<String> brake(long missing, long known) {
        boolean many = missing > BRAKE_FROM && missing > settings.brakeShare() * known;
        boolean tooMany = missing > settings.brakeLimit();
        if (!many && !tooMany) {
            return Optional.empty();
        }
        String limit = many ? Math.round(settings.brakeShare() * 100) + "%" : Integer.toString(settings.brakeLimit());
        return Optional.of("a sweep misses " + missing + " of " + known + " known records, more than " + limit
                + " at once; none is deleted");
    }

    /** The absence of a record that this sweep misses, given what sweeps before it found. */
    Absence missed(Optional<Absence> before) {
        return before.orElseGet(() -> new Absence(number, at));
    }

    /** Whether a record that is missing since then is believed to be gone. */
    boolean gone(Absence absence) {
        return number - absence.sweep() + 1 >= SWEEPS
                && at - absence.since() >= settings.grace().toMillis();
    }

    /** Whether a person has confirmed that a record that is missing since then is meant to go. */
    boolean confirmed(Absence absence) {
        return absence.sweep() <= confirmed;
    }
}
