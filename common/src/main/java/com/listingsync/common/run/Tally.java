package com.listingsync.common.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of one feed in one run, by name. The names are {@code fetched}, {@code parked}, {@code written}, {@code
 * unchanged}, {@code derived}, {@code skipped.<reason>} and {@code refused.<code>}.
 *
 * <p>The books balance when {@code fetched = skipped + parked + written + unchanged + refused + in flight}. Every fetched
 * record is counted in exactly one of them in the end; {@code derived} rows (a child deleted with its parent, a history
 * entry) answer for no fetched record and stand beside the books. As a change, counts may be negative: a released child is
 * {@code parked -1}.
 *
 * @param counts count by name; zeros are left out
 */
public record Tally(@JsonValue Map<String, Long> counts) {

    public static final String FETCHED = "fetched";
    public static final String PARKED = "parked";
    public static final String WRITTEN = "written";
    public static final String UNCHANGED = "unchanged";
    public static final String DERIVED = "derived";
    private static final String SKIPPED = "skipped.";
    private static final String REFUSED = "refused.";

    /** Nothing counted. */
    public static final Tally NONE = new Tally(Map.of());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Tally {
        Map<String, Long> sorted = new TreeMap<>(counts);
        sorted.values().removeIf(count -> count == 0);
        counts = Collections.unmodifiableMap(sorted);
    }

    /** The name under which a record skipped for this reason is counted; such as {@code duplicate} or {@code stale}. */
    public static String skipped(String reason) {
        return SKIPPED + reason;
    }

    /** The name under which a record refused with this code is counted; the code of its dead letter. */
    public static String refused(String code) {
        return REFUSED + code;
    }

    /** A tally of one count. */
    public static Tally of(String name, long count) {
        return new Tally(Map.of(name, count));
    }

    /** Both together. */
    public Tally plus(Tally other) {
        Map<String, Long> sum = new TreeMap<>(counts);
        other.counts.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return new Tally(sum);
    }

    /** One count; 0 when nothing was counted under that name. */
    public long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    public long fetched() {
        return count(FETCHED);
    }

    /** All that were skipped, whatever the reason. */
    public long skipped() {
        return sum(SKIPPED);
    }

    public long parked() {
        return count(PARKED);
    }

    public long written() {
        return count(WRITTEN);
    }

    public long unchanged() {
        return count(UNCHANGED);
    }

    /** All that were refused, whatever the code. */
    public long refused() {
        return sum(REFUSED);
    }

    /** Fetched records that are in none of the final counts yet; 0 when the books balance. */
    public long inFlight() {
        return fetched() - skipped() - parked() - written() - unchanged() - refused();
    }

    private long sum(String prefix) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
