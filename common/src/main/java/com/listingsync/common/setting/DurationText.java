package com.listingsync.common.setting;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a whole number and a unit, such as {@code 500ms}, {@code 30s}, {@code 15m}, {@code 6h} or {@code 7d}. Pure. */
public final class DurationText {

    /** More than a century is a slip of the keyboard, and no clock of the system could be moved by it. */
    private static final Duration MOST = Duration.ofDays(36_525);

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,13})\\s*(ms|s|m|h|d)");

    private DurationText() {}

    /** The duration; empty when the text is none, or one of more than a century. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        // Of estimated length is a day to the JDK, too: to us it has 24 hours.
        Duration unit = UNITS.getOrDefault(matcher.group(2), ChronoUnit.MILLIS).getDuration();
        Duration duration = unit.multipliedBy(Long.parseLong(matcher.group(1)));
        return duration.compareTo(MOST) > 0 ? Optional.empty() : Optional.of(duration);
    }
}
