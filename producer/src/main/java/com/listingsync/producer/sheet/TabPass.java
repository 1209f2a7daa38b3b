package com.listingsync.producer.sheet;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Link;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one pass writes of one tab. Immutable and pure.
 *
 * @param records for the source topic, deletes last
 * @param refusals for the dead-letter topic
 * @param bad fingerprints of all rows that can't be emitted now, those reported before among them
 * @param counts of the pass
 * @param problem why the tab, or its deletes, could not be read; empty when all is well
 */
record TabPass(
        List<SourceRecord> records, List<Refusal> refusals, Set<String> bad, Tally counts, Optional<String> problem) {

    /** Counted when a bad row was reported by an earlier pass. */
    private static final String REPORTED_BEFORE = "reported-before";

    /** A tab that was not read, because nothing has changed. */
    static final TabPass NOTHING = new TabPass(List.of(), List.of(), Set.of(), Tally.NONE, Optional.empty());

    /** Whether there is anything to write. */
    boolean hasNews() {
        return !records.isEmpty() || !refusals.isEmpty();
    }

    /** A tab that can't be read. */
    static TabPass unreadable(String problem) {
        return new TabPass(List.of(), List.of(), Set.of(), Tally.NONE, Optional.of(problem));
    }

    /**
     * The pass over a tab.
     *
     * @param version of the rows
     * @param reported fingerprints of bad rows that were reported before
     */
    static TabPass of(SheetTable table, SheetChanges changes, Origin origin, long version, Set<String> reported) {
        List<SourceRecord> records = records(changes, origin, version);
        Map<String, Long> counts = new HashMap<>();
        counts.put(Tally.skipped("unchanged"), (long) changes.unchanged());
        counts.put(
                Tally.FETCHED,
                (long) records.size() + changes.unchanged() + table.bad().size());
        List<Refusal> refusals = new ArrayList<>();
        Set<String> all = new LinkedHashSet<>();
        for (BadRow row : table.bad()) {
            String fingerprint = row.code() + "/" + ContentHash.of(row.payload());
            boolean before = reported.contains(fingerprint) || !all.add(fingerprint);
            all.add(fingerprint);
            counts.merge(countedAs(row.code(), before), 1L, Long::sum);
            if (!before) {
                refusals.add(refusal(row, origin));
            }
        }
        return new TabPass(records, refusals, all, new Tally(counts), changes.brake());
    }

    private static List<SourceRecord> records(SheetChanges changes, Origin origin, long version) {
        List<SourceRecord> records = new ArrayList<>();
        for (SheetRow row : changes.changed()) {
            SourceEvent event =
                    new SourceEvent(Entity.SHEET, Operation.UPSERT, origin, version, row.contentHash(), row.linkBy());
            records.add(new SourceRecord(row.key(origin.connection()), event, row.payload()));
        }
        changes.moved().forEach((row, to) -> records.add(delete(row, Optional.of(to.toString()), origin, version)));
        changes.gone().forEach(row -> records.add(delete(row, Optional.empty(), origin, version)));
        return records;
    }

    private static SourceRecord delete(KnownRow row, Optional<String> movedTo, Origin origin, long version) {
        return new SourceRecord(
                row.key(),
                new SourceEvent(Entity.SHEET, Operation.DELETE, origin, version, "", row.linkBy(), movedTo),
                null);
    }

    // A duplicate is a warning: the last of its rows is emitted, so it counts as skipped and not as refused.
    private static String countedAs(String code, boolean before) {
        if (code.equals(Refusal.DUPLICATE_KEY)) {
            return Tally.skipped(code);
        }
        return before ? Tally.skipped(REPORTED_BEFORE) : Tally.refused(code);
    }

    private static Refusal refusal(BadRow row, Origin origin) {
        SourceEvent event = new SourceEvent(Entity.SHEET, Operation.UPSERT, origin, 0, "", Link.LISTING_KEY);
        SourceKey key = row.propertyNumber()
                .map(number -> SourceKey.ofChild(number, number, origin.connection()))
                .orElseGet(() -> SourceKey.ofChild(origin.connection(), origin.feed(), origin.connection()));
        return new Refusal(key, event, row.payload(), row.code(), row.message(), row.column());
    }
}
