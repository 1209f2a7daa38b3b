package com.listingsync.producer.sheet;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.ContentHash;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.producer.publish.Refusal;
import com.listingsync.producer.publish.SourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one pass writes of one tab. Immutable and pure.
 *
 * @param records for the source topic, deletes last
 * @param refusals for the dead-letter topic
 * @param counts of the pass
 * @param problem why the tab, or its deletes, could not be read; empty when all is well
 */
record TabPass(List<SourceRecord> records, List<Refusal> refusals, Tally counts, Optional<String> problem) {

    /** Counted when a bad row was reported by an earlier pass. */
    private static final String REPORTED_BEFORE = "reported-before";

    /** Counted when a row's property number stands again further down. */
    private static final String DUPLICATE_KEY = Refusal.DUPLICATE_KEY;

    /** Whether there is anything to write. */
    boolean hasNews() {
        return !records.isEmpty() || !refusals.isEmpty();
    }

    /** A tab that can't be read. */
    static TabPass unreadable(String problem) {
        return new TabPass(List.of(), List.of(), Tally.NONE, Optional.of(problem));
    }

    /**
     * The pass over a tab.
     *
     * @param version the file's version
     * @param reported fingerprints of bad rows that were reported before
     */
    static TabPass of(SheetTable table, SheetChanges changes, Origin origin, long version, Set<String> reported) {
        List<SourceRecord> records = new ArrayList<>();
        for (SheetRow row : changes.changed()) {
            SourceEvent event = new SourceEvent(Entity.SHEET, Operation.UPSERT, origin, version, row.contentHash());
            records.add(new SourceRecord(row.key(origin.connection()), event, row.payload()));
        }
        for (SourceKey key : changes.gone()) {
            SourceEvent event = new SourceEvent(Entity.SHEET, Operation.DELETE, origin, version, "");
            records.add(new SourceRecord(key, event, null));
        }
        Map<String, Long> counts = new HashMap<>();
        counts.put(Tally.skipped("unchanged"), (long) changes.unchanged());
        List<Refusal> refusals = refusals(table.bad(), origin, reported, counts);
        counts.put(
                Tally.FETCHED,
                (long) records.size() + changes.unchanged() + table.bad().size());
        return new TabPass(records, refusals, new Tally(counts), changes.brake());
    }

    /** The fingerprint under which a bad row is remembered. */
    static String fingerprint(String feed, String code, byte[] payload) {
        return feed + "/" + code + "/" + ContentHash.of(payload);
    }

    // A duplicate is a warning: the last of its rows is emitted, so it counts as skipped and not as refused.
    private static List<Refusal> refusals(
            List<BadRow> bad, Origin origin, Set<String> reported, Map<String, Long> counts) {
        List<Refusal> refusals = new ArrayList<>();
        for (BadRow row : bad) {
            boolean before = reported.contains(fingerprint(origin.feed(), row.code(), row.payload()));
            boolean warning = row.code().equals(DUPLICATE_KEY);
            String name = warning
                    ? Tally.skipped(DUPLICATE_KEY)
                    : before ? Tally.skipped(REPORTED_BEFORE) : Tally.refused(row.code());
            counts.merge(name, 1L, Long::sum);
            if (!before) {
                SourceEvent event = new SourceEvent(Entity.SHEET, Operation.UPSERT, origin, 0, "");
                SourceKey key = SourceKey.ofChild(origin.connection(), origin.feed(), origin.connection());
                refusals.add(new Refusal(key, event, row.payload(), row.code(), row.message()));
            }
        }
        return refusals;
    }
}
