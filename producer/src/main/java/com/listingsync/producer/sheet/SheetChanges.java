package com.listingsync.producer.sheet;

import com.listingsync.common.run.FeedName;
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
 * @param moved of rows whose link changed: the key they leave, and the one they stand under now
 * @param gone keys of rows that are gone
 * @param unchanged how many rows are as they were
 * @param brake why nothing is deleted although rows are gone, in words; empty when the deletes are made
 */
record SheetChanges(
        List<SheetRow> changed,
        Map<KnownRow, SourceKey> moved,
        List<KnownRow> gone,
        int unchanged,
        Optional<String> brake) {

    /** Fewer deletes than this are always made: small tabs may change by halves. */
    static final int BRAKE_FROM = 20;

    /**
     * Compares a tab with what is known of it.
     *
     * @param elsewhere property numbers that other tabs hold
     * @param known all rows of the spreadsheet as they were emitted last, by property number
     * @param everything whether rows are emitted even if they are as they were
     */
    static SheetChanges of(
            FeedName feed,
            SheetTable table,
            Set<String> elsewhere,
            Map<String, KnownRow> known,
            double brakeShare,
            boolean everything) {
        List<SheetRow> changed = new ArrayList<>();
        Map<KnownRow, SourceKey> moved = new LinkedHashMap<>();
        int unchanged = 0;
        for (SheetRow row : table.rows().values()) {
            KnownRow before = known.get(row.propertyNumber());
            if (!everything && before != null && before.equals(KnownRow.of(row, feed))) {
                unchanged++;
                continue;
            }
            if (before != null && !row.isAt(before.key())) {
                moved.put(before, row.key(feed.connection()));
            }
            changed.add(row);
        }
        Map<String, KnownRow> own = ownOf(feed.feed(), known);
        Set<String> missing = new HashSet<>(own.keySet());
        missing.removeAll(table.numbers());
        missing.removeAll(elsewhere);
        Optional<String> brake = brake(missing.size(), own.size(), table, brakeShare);
        List<KnownRow> gone = new ArrayList<>();
        if (brake.isEmpty()) {
            missing.forEach(number -> Optional.ofNullable(own.get(number)).ifPresent(gone::add));
        }
        return new SheetChanges(changed, moved, gone, unchanged, brake);
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

    private static Optional<String> brake(int missing, int known, SheetTable table, double share) {
        if (missing > 0 && table.hold().isPresent()) {
            return Optional.of(
                    missing + " known rows are not found, but " + table.hold().get() + "; none is deleted");
        }
        boolean emptied = table.rows().isEmpty() && missing > 0 && share < 1;
        boolean many = missing > BRAKE_FROM && missing > share * known;
        return emptied || many
                ? Optional.of(missing + " of " + known + " known rows are gone at once; none is deleted."
                        + " Put them back, or raise delete_brake for one pass if they are meant to go")
                : Optional.empty();
    }
}
