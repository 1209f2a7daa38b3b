package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.processor.map.Admission;
import com.listingsync.processor.map.MapOutcome;
import com.listingsync.processor.map.MappedRow;
import com.listingsync.processor.map.RecordFields;
import com.listingsync.processor.map.UnreadableRecordException;
import com.listingsync.processor.rule.ListingState;
import com.listingsync.processor.rule.RecordState;
import com.listingsync.processor.rule.RowVersion;
import com.listingsync.processor.rule.Standing;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;

/**
 * Media, rooms and open houses: they go on when their listing's row is there, wait when it is not, and come and go with it.
 * Confined to the task's thread.
 */
final class ChildFlow {

    private static final List<Entity> CHILDREN = List.of(Entity.MEDIA, Entity.ROOMS, Entity.OPENHOUSE);

    private final Task task;
    private final RecordFlow records;
    private final ParkingLot parking;

    ChildFlow(Task task, ParkingLot parking) {
        this.task = task;
        this.records = new RecordFlow(task);
        this.parking = parking;
    }

    /** A child's record arrives. */
    void arrive(SourceRecord record) {
        byte[] key = StateKeys.record(record.event().entity(), record.key());
        RecordState state = records.ifNew(key, record);
        if (state == null) {
            return;
        }
        ListingState listing = task.stores().listing(record.listing());
        if (record.event().operation() == Operation.DELETE) {
            withdrawParked(record, listing);
            if (!records.staysElsewhere(key, state, record)) {
                task.stores().put(key, deleted(key, state, record));
            }
        } else if (listing.standing().childrenWait()) {
            task.stores().put(key, state);
            task.stores().put(record.listing(), parking.park(record, listing));
            task.outlet().parked(record);
        } else if (!records.toldBefore(key, state, record, true)) {
            task.stores().put(key, admitted(key, state, record, listing));
        }
    }

    /**
     * The listing's row is there, or is filtered: what waited goes on.
     *
     * @return the listing's state afterwards
     */
    ListingState release(byte[] listing, ListingState state) {
        if (state.parked() == 0) {
            return state;
        }
        int released = parking.release(listing, record -> {
            byte[] key = StateKeys.record(record.event().entity(), record.key());
            RecordState waiting =
                    task.stores().record(key).mapped(record.origin().connection(), task.mappingFingerprint());
            task.outlet().unparked(record, "released");
            if (!records.toldBefore(key, waiting, record, true)) {
                task.stores().put(key, admitted(key, waiting, record, state));
            }
        });
        return state.unparked(released);
    }

    /** The listing's row is there again: children that left with it return, from their last content. */
    void restore(byte[] listing, long timestamp) {
        for (Entity entity : CHILDREN) {
            for (KeyValue<byte[], RecordState> child : task.stores().recordsOf(listing, entity)) {
                if (child.value.hidden()) {
                    RecordState now = records.rewrite(
                            child.key,
                            child.value,
                            entity,
                            timestamp,
                            (version, kept) -> RecordFlow.bare(StateKeys.name(listing), version, kept));
                    task.stores().put(child.key, now);
                }
            }
        }
    }

    /** The listing's row is gone: its children's rows go with it, to return with it. */
    void hide(byte[] listing, long timestamp) {
        for (Entity entity : CHILDREN) {
            for (KeyValue<byte[], RecordState> child : task.stores().recordsOf(listing, entity)) {
                if (child.value.live()) {
                    long version = RowVersion.next(child.value.rowVersion(), timestamp, Operation.DELETE);
                    List<MappedRow> rows = records.deleteRows(child.key, entity, version, timestamp);
                    task.outlet().derivedRows(listing, Operation.DELETE, rows, version, timestamp);
                    task.stores().put(child.key, child.value.hiddenAt(version));
                }
            }
        }
    }

    /** A child whose listing is decided: it becomes a row, or for a reason does not. */
    private RecordState admitted(byte[] key, RecordState state, SourceRecord record, ListingState listing) {
        RecordFields fields;
        try {
            fields = task.mapper(record.event().entity()).read(record.payload());
        } catch (UnreadableRecordException e) {
            // The record is a dead letter; its row, if it has one, stays as it was.
            task.outlet().refuse(record, "bad-json", String.valueOf(e.getMessage()), Optional.empty());
            return state.refusedFrom(record.origin().connection());
        }
        Admission admission = task.mapper(record.event().entity()).admission(fields);
        if (admission == Admission.DELETED) {
            RecordState gone = state.goneFrom(record.origin().connection());
            return gone.heldBesides(record.origin().connection())
                    ? elsewhere(gone, record)
                    : deleted(key, gone, record);
        }
        if (admission == Admission.FILTERED) {
            return filtered(key, state, record);
        }
        if (listing.standing() == Standing.FILTERED) {
            return hidden(key, state, record, fields);
        }
        return records.write(
                key,
                state,
                record,
                fields,
                (version, kept) -> RecordFlow.bare(StateKeys.name(record.listing()), version, kept));
    }

    private RecordState deleted(byte[] key, RecordState state, SourceRecord record) {
        long version = RowVersion.next(state.rowVersion(), record.timestamp(), Operation.DELETE);
        List<MappedRow> rows = state.live()
                ? records.deleteRows(key, record.event().entity(), version, record.timestamp())
                : List.of();
        task.outlet().rows(record, Operation.DELETE, rows, version, Outlet.ABSENT);
        task.stores().forget(key);
        return state.removed(rows.isEmpty() ? state.rowVersion() : version);
    }

    private RecordState elsewhere(RecordState state, SourceRecord record) {
        task.outlet().skip(record, Outlet.ELSEWHERE);
        return state;
    }

    /** The mapping keeps the child out: to its row this connection has it no more. */
    private RecordState filtered(byte[] key, RecordState seen, SourceRecord record) {
        RecordState state = seen.goneFrom(record.origin().connection());
        task.outlet().skip(record, Outlet.FILTERED);
        if (!state.live()) {
            task.stores().forget(key);
            return state.removed(state.rowVersion());
        }
        long version = RowVersion.next(state.rowVersion(), record.timestamp(), Operation.DELETE);
        List<MappedRow> rows = records.deleteRows(key, record.event().entity(), version, record.timestamp());
        task.outlet().derivedRows(record.listing(), Operation.DELETE, rows, version, record.timestamp());
        task.stores().forget(key);
        return state.removed(version);
    }

    /** The listing is kept out by the mapping: the child is noted and returns should the listing come in. */
    private RecordState hidden(byte[] key, RecordState state, SourceRecord record, RecordFields fields) {
        KeptRecord kept = KeptRecord.of(record);
        MapOutcome outcome = task.rows(
                record.event().entity(), RecordFlow.bare(StateKeys.name(record.listing()), 1, kept), fields, null);
        return outcome.fold(
                fits -> {
                    task.stores().keep(key, kept);
                    task.outlet().skip(record, Outlet.FILTERED);
                    return state.suppliedBy(record.origin().connection()).hiddenAt(state.rowVersion());
                },
                refused -> {
                    task.outlet().refuse(record, refused);
                    return state.refusedFrom(record.origin().connection());
                });
    }

    private void withdrawParked(SourceRecord record, ListingState listing) {
        if (listing.parked() > 0) {
            int withdrawn = parking.withdraw(record, task.outlet()::withdrawn);
            task.stores().put(record.listing(), listing.unparked(withdrawn));
        }
    }
}
