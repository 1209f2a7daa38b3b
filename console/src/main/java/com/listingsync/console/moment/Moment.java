package com.listingsync.console.moment;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in time as people type it: a time with its zone, a day, which begins at midnight UTC, or how long ago it was, in seconds,
 * minutes, hours or days.
 */
public final class Moment {

    /** What a text is expected to be, for sentences. */
    public static final String EXPECTED = "a time such as 2026-11-22T08:00:00Z, a day, or how long ago (30m, 6h, 7d)";

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

    private Moment() {}

    /**
     * The moment in a text.
     *
     * @param now what durations count back from
     * @throws DateTimeException when there is none; the message says what was expected and what was found
     */
    public static Instant of(String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            return now.minus(duration(Long.parseLong(ago.group(1)), ago.group(2)));
        }
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new DateTimeException("expected " + EXPECTED + "; found '" + text + "'", e);
        }
    }

    private static Duration duration(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
