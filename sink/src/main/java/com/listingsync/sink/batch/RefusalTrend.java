package com.listingsync.sink.batch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells many bad rows from a table that suddenly refuses everything (a new constraint, a changed column type): it is the table
 * when one reason refuses rows of many listings, and more rows than were taken. Counts the rows of one batch, whose halves
 * are a fair sample of it. Confined to one thread.
 *
 * <p>Listings are counted rather than rows, because one refused property refuses all its photos.
 */
public final class RefusalTrend {

    private final int limit;
    private final Map<String, Set<String>> listings = new HashMap<>();
    private final Map<String, Integer> rows = new HashMap<>();
    private long taken;

    /** Listings that one reason may refuse before it can be the table's fault; 0 when it never is. */
    public RefusalTrend(int limit) {
        this.limit = limit;
    }

    /** Rows were written, or found unchanged. */
    public void taken(int count) {
        taken += count;
    }

    /** A row was refused. */
    public void refused(Row row, String reason) {
        rows.merge(reason, 1, Integer::sum);
        listings.computeIfAbsent(reason, r -> new HashSet<>()).add(row.listing());
    }

    /** Whether this reason is the table's fault rather than that of rows. */
    public boolean systemic(String reason) {
        return limit > 0
                && listings.getOrDefault(reason, Set.of()).size() >= limit
                && rows.getOrDefault(reason, 0) > taken;
    }
}
