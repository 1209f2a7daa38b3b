package com.listingsync.console.moment;

import com.listingsync.common.setting.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A point in time as people type it: a time with its zone, a day, which begins at midnight UTC, or how long ago it was, a century at most.
 */
public final class Moment {

    /** What a text is expected to be, for sentences. */
    public static final String EXPECTED = "a time such as 2026-11-22T08:00:00Z, a day, or how long ago (30m, 6h, 7d)";

    private Moment() {}

    /**
     * The moment in a text.
     *
     * @param now what durations count back from
     * @throws DateTimeException when there is none; the message says what was expected and what was found
     */
    public static Instant of(String text, Instant now) {
        Optional<Duration> ago = DurationText.parse(text);
        if (ago.isPresent()) {
            return now.minus(ago.get());
        }
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new DateTimeException("expected " + EXPECTED + "; found '" + text + "'", e);
        }
    }
}
