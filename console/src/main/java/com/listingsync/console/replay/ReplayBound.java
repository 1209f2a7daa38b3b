package com.listingsync.console.replay;

import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.moment.Moment;
import java.time.DateTimeException;
import java.time.Instant;
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
 * @param text the offset as it was typed, or the time; empty when nothing was typed
 */
public record ReplayBound(
        @Nullable Long millis,
        @Nullable Integer partition,
        @Nullable Long offset,
        String text) {

    /** Nothing is said: the beginning of the log, or its end. */
    public static final ReplayBound NONE = new ReplayBound(null, null, null, "");

    private static final Pattern OFFSET = Pattern.compile("(?:(\\d{1,5}):)?(\\d{1,18})");

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
        try {
            Instant at = Moment.of(text, now);
            return new ReplayBound(at.toEpochMilli(), null, null, at.toString());
        } catch (DateTimeException e) {
            // Nothing was done yet: the person reads this and types it again.
            throw new SettingsException(option + ": expected " + Moment.EXPECTED
                    + ", an offset, or PARTITION:OFFSET; found '" + text + "'");
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
}
