package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.mapping.Statuses;
import com.listingsync.processor.map.Admission;
import com.listingsync.processor.map.MappedRow;
import com.listingsync.processor.map.RecordFields;
import com.listingsync.processor.map.RowContext;
import com.listingsync.processor.map.StatusClaim;
import com.listingsync.processor.map.UnreadableRecordException;
import com.listingsync.processor.rule.ListingState;
import com.listingsync.processor.rule.RecordState;
import com.listingsync.processor.rule.RowVersion;
import com.listingsync.processor.rule.StatusSource;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a sheet: they need no parent, and take the status of the MLS listing they are linked to as soon as an MLS knows it.
 * Confined to the task's thread.
 */
final class SheetFlow {

    private static final Entity SHEET = Entity.SHEET;

    private final Task task;
    private final RecordFlow records;
    private final StatusFlow statuses;

    SheetFlow(Task task, StatusFlow statuses) {
        this.task = task;
        this.records = new RecordFlow(task);
        this.statuses = statuses;
    }

    /** A sheet row's record arrives. */
    void arrive(SourceRecord record) {
        byte[] key = StateKeys.record(SHEET, record.key());
        RecordState state = records.ifNew(key, record);
        if (state == null) {
            return;
        }
        if (record.event().movedTo().isPresent()) {
            moved(key, state, record);
            return;
        }
        if (record.event().operation() == Operation.DELETE) {
            if (!records.staysElsewhere(key, state, record)) {
                gone(key, state, record, Outlet.ABSENT);
            }
            return;
        }
        // Each spreadsheet counts versions of its own.
        if (records.toldBefore(key, state, record, false)) {
            return;
        }
        try {
            RecordFields fields = task.mapper(SHEET).read(record.payload());
            Admission admission = task.mapper(SHEET).admission(fields);
            RecordState without = state.goneFrom(record.origin().connection());
            if (admission == Admission.KEPT) {
                kept(key, state, record, fields);
            } else if (admission == Admission.FILTERED) {
                gone(key, without, record, Outlet.FILTERED);
            } else if (!records.staysElsewhere(key, without, record)) {
                gone(key, without, record, Outlet.ABSENT);
            }
        } catch (UnreadableRecordException e) {
            // The record is a dead letter; its row, if it has one, stays as it was.
            task.stores().put(key, state);
            task.outlet().refuse(record, "bad-json", String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    /** An MLS has decided the listing's status: its sheet rows are written with it. */
    void rewrite(byte[] listing, ListingState state, long timestamp) {
        if (state.sheetRows() == 0) {
            return;
        }
        for (KeyValue<byte[], RecordState> row : task.stores().recordsOf(listing, SHEET)) {
            if (row.value.live()) {
                RecordState now = records.rewrite(
                        row.key,
                        row.value,
                        SHEET,
                        timestamp,
                        (version, kept) -> context(listing, state, claim(task.readKept(SHEET, kept)), version, kept));
                task.stores().put(row.key, now);
            }
        }
    }

    private void kept(byte[] key, RecordState state, SourceRecord record, RecordFields fields) {
        Optional<StatusClaim> claim = claim(fields);
        claim.filter(c -> !c.known())
                .ifPresent(c -> task.meters().warning("property_listings", "status", "unknown-status"));
        ListingState listing = task.stores().listing(record.listing());
        RecordState now = records.write(
                key,
                state,
                record,
                fields,
                (version, kept) -> context(record.listing(), listing, claim, version, kept));
        task.stores().put(key, now);
        if (now.rowVersion() == state.rowVersion()) {
            return;
        }
        ListingState after = state.live() ? listing : listing.sheetRows(listing.sheetRows() + 1);
        if (listing.knownToMls()) {
            countConflict(listing, claim);
        } else {
            String word = claim.map(StatusClaim::word).orElse(null);
            after = statuses.decided(
                    after, word, StatusSource.SHEET, task.mapper(SHEET).changedAt(fields), record);
        }
        if (!after.equals(listing)) {
            task.stores().put(record.listing(), after);
        }
    }

    private void gone(byte[] key, RecordState state, SourceRecord record, String otherwise) {
        long version = RowVersion.next(state.rowVersion(), record.timestamp(), Operation.DELETE);
        List<MappedRow> rows = state.live() ? records.deleteRows(key, SHEET, version, record.timestamp()) : List.of();
        if (otherwise.equals(Outlet.FILTERED)) {
            task.outlet().derivedRows(record.listing(), Operation.DELETE, rows, version, record.timestamp());
            task.outlet().skip(record, Outlet.FILTERED);
        } else {
            task.outlet().rows(record, Operation.DELETE, rows, version, otherwise);
        }
        task.stores().forget(key);
        task.stores().put(key, state.removed(rows.isEmpty() ? state.rowVersion() : version));
        if (state.live()) {
            ListingState listing = task.stores().listing(record.listing());
            ListingState after = listing.sheetRows(listing.sheetRows() - 1);
            if (!listing.knownToMls() && after.sheetRows() == 0) {
                after = statuses.decided(after, Statuses.DELETED, StatusSource.SHEET, Optional.empty(), record);
            }
            task.stores().put(record.listing(), after);
        }
    }

    /**
     * The row stands under another key now, perhaps in another partition, and is written from there; a delete from here could
     * overtake that. So it is only forgotten here, and the listing it was linked to has not been taken off the market.
     */
    private void moved(byte[] key, RecordState state, SourceRecord record) {
        task.outlet().skip(record, Outlet.MOVED);
        task.stores().forget(key);
        task.stores().put(key, state.removed(state.rowVersion()));
        if (state.live()) {
            ListingState listing = task.stores().listing(record.listing());
            task.stores().put(record.listing(), listing.sheetRows(listing.sheetRows() - 1));
        }
    }

    private Optional<StatusClaim> claim(RecordFields fields) {
        return task.mapper(SHEET).status(fields);
    }

    private void countConflict(ListingState listing, Optional<StatusClaim> claim) {
        if (claim.isPresent() && listing.status() != null && !claim.get().word().equals(listing.status())) {
            task.meters().warning("property_listings", "status", "status-conflict");
        }
    }

    private static RowContext context(
            byte[] listing, ListingState state, Optional<StatusClaim> claim, long version, KeptRecord kept) {
        @Nullable String own = claim.map(StatusClaim::word).orElse(null);
        boolean overruled = state.knownToMls() && state.status() != null;
        @Nullable String status = overruled ? state.status() : own;
        return new RowContext(
                StateKeys.name(listing),
                status,
                overruled && status != null && status.equals(own) ? null : own,
                (overruled ? StatusSource.MLS : StatusSource.SHEET).wireName(),
                false,
                false,
                version,
                kept.origin().run().orElse(null),
                kept.origin().connection());
    }
}
