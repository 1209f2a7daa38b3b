package com.listingsync.console.verify;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be verified.
 *
 * @param tables only these; empty for all
 * @param keys only what belongs to these listing keys, child keys or property numbers; empty for all
 * @param sample so many rows of each table, chosen at random from the log; 0 for all. Extra rows are found only without it
 * @param grace how long a row that the sink has not come to may take before it counts
 * @param ends for a copy: where the log ended that it was made from, by partition; empty for the project that the sink writes to
 */
public record VerifyRequest(
        List<String> tables, List<String> keys, int sample, Duration grace, Optional<Map<Integer, Long>> ends) {

    public static final Duration USUAL_GRACE = Duration.ofSeconds(30);

    /** Everything in the project that the sink writes to. */
    public static final VerifyRequest ALL = new VerifyRequest(List.of(), List.of(), 0, USUAL_GRACE, Optional.empty());

    public VerifyRequest {
        Objects.requireNonNull(grace, "grace");
        tables = List.copyOf(tables);
        keys = List.copyOf(keys);
        ends = ends.map(Map::copyOf);
        if (sample < 0) {
            throw new IllegalArgumentException("a sample has 0 rows or more; found " + sample);
        }
    }

    /** Whether it is of some rows, and not of all that tables have. */
    boolean isNarrow() {
        return !keys.isEmpty() || sample > 0;
    }
}
