package com.listingsync.console.replay;

import com.listingsync.common.setting.SettingsException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a replay begins or ends: a time, an offset in every partition, or an offset in one partition, which then is the only one.
 *
 * @param millis a time, in milliseconds since 1970; null when it is none
 * @param partition the one partition; null for all
 * @param offset the offset; null when it is a time, or nothing is said
 * @param text as it was typed; empty when nothing was
 */
public record ReplayBound(
        @Nullable Long millis,
        @Nullable Integer partition,
        @Nullable Long offset,
        String text) {

    /** Nothing is said: the beginning of the log, or its end. */
    public static final ReplayBound NONE = new ReplayBound(null, null, null, "");

    private static final Pattern OFFSET = Pattern.compile("(?:(\\d{1,5}):)?(\\d{1,18})");
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

    /**
     * The bound that somebody typed.
     *
     * @param option its name, for the sentence
     * @param now what durations count back from
     * @throws SettingsException when it is none
     */
    public static ReplayBound of(String option, String typed, Instant now) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return NONE;
        }
        Matcher offset = OFFSET.matcher(text);
        if (offset.matches()) {
            Integer partition = offset.group(1) == null ? null : Integer.valueOf(offset.group(1));
            return new ReplayBound(null, partition, Long.valueOf(offset.group(2)), text);
        }
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            Instant then = now.minus(duration(Long.parseLong(ago.group(1)), ago.group(2)));
            return new ReplayBound(then.toEpochMilli(), null, null, then.toString());
        }
        try {
            Instant at = text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
            return new ReplayBound(at.toEpochMilli(), null, null, text);
        } catch (DateTimeException e) {
            // Nothing was done yet: the person reads this and types it again.
            throw new SettingsException(
                    option + ": expected a time such as 2026-11-22T08:00:00Z, a day, how long ago (2h, 7d), an"
                            + " offset, or PARTITION:OFFSET; found '" + text + "'");
        }
    }

    boolean isOffset() {
        return offset != null;
    }

    /** Why the two can't be the ends of one replay; empty when they can. */
    Optional<String> contradicts(ReplayBound to) {
        if (partition != null && to.partition != null && !partition.equals(to.partition)) {
            return Optional.of("--from and --to name two partitions, " + partition + " and " + to.partition);
        }
        boolean turned = millis != null && to.millis != null && to.millis <= millis
                || offset != null && to.offset != null && to.offset <= offset;
        return turned ? Optional.of("--to: expected more than --from; nothing lies between them") : Optional.empty();
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
