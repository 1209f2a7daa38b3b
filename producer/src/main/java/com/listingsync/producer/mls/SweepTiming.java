package com.listingsync.producer.mls;

import com.listingsync.producer.presence.SweepState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When the next sweep of a feed is made that nobody asks for. Is told the time; confined to the feed's thread. */
final class SweepTiming {

    /** A sweep that failed is tried again after this time, or at its interval if that is sooner. */
    private static final Duration AFTER_TROUBLE = Duration.ofHours(1);

    /** After a feed was read to its end: a sweep finds little new then, and others of the connection may still need its limit. */
    private static final Duration FIRST_AFTER = Duration.ofMinutes(10);

    private final Optional<Duration> every;
    private @Nullable Instant retryAt;
    private @Nullable Instant readSince;
    private boolean soon;

    /** @param every the interval; empty for sweeps that are asked for only */
    SweepTiming(Optional<Duration> every) {
        this.every = every;
    }

    /** The next look finds one due, whenever the last one was. */
    void soon() {
        soon = true;
    }

    /** Whether one is due; asked at passes of a feed that has been read to its end, the first time at the first of them. */
    boolean isDue(SweepState last, Instant now) {
        boolean inItsTime = every.filter(interval -> last.due(interval, now) && hasRested(interval, last, now))
                .isPresent();
        return (soon || inItsTime) && (retryAt == null || !now.isBefore(retryAt));
    }

    /** One begins. */
    void begun() {
        soon = false;
    }

    /** It was made. */
    void made() {
        retryAt = null;
    }

    /** It could not be made. */
    void failed(Instant now) {
        retryAt = now.plus(shorter(every.orElse(AFTER_TROUBLE), AFTER_TROUBLE));
    }

    private boolean hasRested(Duration interval, SweepState last, Instant now) {
        Instant since = readSince == null ? now : readSince;
        readSince = since;
        return last.number() > 0 || !now.isBefore(since.plus(shorter(interval, FIRST_AFTER)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
