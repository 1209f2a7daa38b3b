package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.mapping.Statuses;
import com.listingsync.processor.map.Admission;
import com.listingsync.processor.map.MappedRow;
import com.listingsync.processor.map.RecordFields;
import com.listingsync.processor.map.StatusClaim;
import com.listingsync.processor.map.UnreadableRecordException;
import com.listingsync.processor.rule.ListingState;
import com.listingsync.processor.rule.Namesakes;
import com.listingsync.processor.rule.RecordState;
import com.listingsync.processor.rule.RowVersion;
import com.listingsync.processor.rule.StatusSource;
import com.listingsync.processor.topology.StatusFlow.Word;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a sheet: they need no parent, and take the status of the MLS listing they are linked to as soon as an MLS knows it.
 * Confined to the task's thread.
 */
final class SheetFlow {

    private static final Entity SHEET = Entity.SHEET;

    private final Task task;
    private final RecordFlow records;
    private final StatusFlow statuses;
    private final SheetStatus status;

    SheetFlow(Task task, StatusFlow statuses, SheetStatus status) {
        this.task = task;
        this.records = new RecordFlow(task);
        this.statuses = statuses;
        this.status = status;
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
            task.stores().put(key, state.refusedFrom(record.origin().connection()));
            task.outlet().refuse(record, "bad-json", String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    private void kept(byte[] key, RecordState state, SourceRecord record, RecordFields fields) {
        Optional<StatusClaim> claim = status.claim(fields);
        claim.filter(c -> !c.known()).ifPresent(c -> task.unknownStatus(SHEET));
        ListingState listing = task.stores().listing(record.listing());
        RecordState now = records.write(
                key,
                state,
                record,
                fields,
                (version, kept) -> status.context(record.listing(), listing, claim, version, kept));
        task.stores().put(key, now);
        if (now.rowVersion() == state.rowVersion()) {
            return;
        }
        ListingState after = state.live() ? listing : listing.sheetRows(listing.sheetRows() + 1);
        if (!listing.knownToMls()) {
            Namesakes meant =
                    status.meant(record.listing(), listing, record.event().link());
            String own = claim.map(StatusClaim::word).orElse(null);
            Optional<String> changedAt = task.mapper(SHEET).changedAt(fields);
            after = statuses.decided(listing, after, status.word(record, meant, own, changedAt));
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
            Namesakes meant =
                    status.meant(record.listing(), listing, record.event().link());
            if (meant.one().isEmpty() && !listing.knownToMls() && after.sheetRows() == 0) {
                Word said = Word.of(record, Statuses.DELETED, StatusSource.SHEET, Optional.empty());
                after = statuses.decided(listing, after, said);
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
        if (state.heldBesides(record.origin().connection())) {
            task.stores().put(key, state);
            return;
        }
        task.stores().forget(key);
        task.stores().put(key, state.removed(state.rowVersion()));
        if (state.live()) {
            ListingState listing = task.stores().listing(record.listing());
            task.stores().put(record.listing(), listing.sheetRows(listing.sheetRows() - 1));
        }
    }
}
