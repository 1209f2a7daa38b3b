package com.listingsync.producer.sheet;

import com.listingsync.common.wire.SourceKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one tab has to emit, given what was emitted before. Immutable and pure.
 *
 * @param changed rows that are new or differ
 * @param gone keys to delete: of rows that are gone, and the old keys of rows whose link changed
 * @param unchanged how many rows are as they were
 * @param brake why nothing is deleted although rows are gone, in words; empty when the deletes are made
 */
record SheetChanges(List<SheetRow> changed, List<SourceKey> gone, int unchanged, Optional<String> brake) {

    /** Fewer deletes than this are always made: small tabs may change by halves. */
    static final int BRAKE_FROM = 20;

    /**
     * Compares a tab with what is known of it.
     *
     * @param rows the tab's rows by property number
     * @param elsewhere property numbers that other tabs hold
     * @param known all rows of the spreadsheet as they were emitted last, by property number
     * @param everything whether rows are emitted even if they are as they were
     */
    static SheetChanges of(
            String feed,
            Map<String, SheetRow> rows,
            Set<String> elsewhere,
            Map<String, KnownRow> known,
            double brakeShare,
            boolean everything) {
        List<SheetRow> changed = new ArrayList<>();
        List<SourceKey> gone = new ArrayList<>();
        int unchanged = 0;
        for (SheetRow row : rows.values()) {
            KnownRow before = known.get(row.propertyNumber());
            boolean same = before != null
                    && row.isAt(before.key())
                    && before.contentHash().equals(row.contentHash());
            if (same && !everything) {
                unchanged++;
                continue;
            }
            if (before != null && !row.isAt(before.key())) {
                gone.add(before.key());
            }
            changed.add(row);
        }
        Map<String, KnownRow> own = ownOf(feed, known);
        Set<String> missing = new HashSet<>(own.keySet());
        missing.removeAll(rows.keySet());
        missing.removeAll(elsewhere);
        Optional<String> brake = brake(missing.size(), own.size(), rows.size(), brakeShare);
        if (brake.isEmpty()) {
            own.forEach((number, row) -> {
                if (missing.contains(number)) {
                    gone.add(row.key());
                }
            });
        }
        return new SheetChanges(changed, gone, unchanged, brake);
    }

    private static Map<String, KnownRow> ownOf(String feed, Map<String, KnownRow> known) {
        Map<String, KnownRow> own = new LinkedHashMap<>();
        known.forEach((number, row) -> {
            if (row.feed().equals(feed)) {
                own.put(number, row);
            }
        });
        return own;
    }

    private static Optional<String> brake(int missing, int known, int rows, double share) {
        boolean emptied = rows == 0 && missing > 0;
        boolean many = missing > BRAKE_FROM && missing > share * known;
        return emptied || many
                ? Optional.of(missing + " of " + known + " known rows are gone at once; none is deleted."
                        + " Put them back, or raise delete_brake for one pass if they are meant to go")
                : Optional.empty();
    }
}
