package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.processor.map.MapOutcome;
import com.listingsync.processor.map.MappedRow;
import com.listingsync.processor.map.RecordFields;
import com.listingsync.processor.map.RowContext;
import com.listingsync.processor.rule.RecordState;
import com.listingsync.processor.rule.RowVersion;
import com.listingsync.processor.rule.Sighting;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What children and sheet rows have in common: one record, one state, one content, one row. Confined to the task's thread.
 */
final class RecordFlow {

    private final Task task;

    RecordFlow(Task task) {
        this.task = task;
    }

    /** The state of a new record with its sighting noted; null when it is not new, and then it has been skipped. */
    @Nullable
    RecordState ifNew(byte[] key, SourceRecord record) {
        RecordState state = task.stores().record(key);
        String connection = record.origin().connection();
        Sighting last = state.sighting(connection);
        Sighting now = record.sightingAfter(last, task.mappingFingerprint());
        switch (record.noveltyAfter(last, now)) {
            case DUPLICATE -> task.outlet().skip(record, Outlet.DUPLICATE);
            case STALE -> task.outlet().skip(record, Outlet.STALE);
            case ABSENT -> task.outlet().skip(record, Outlet.ABSENT);
            case UNCHANGED -> {
                boolean refused = last != null && last.refused();
                task.stores().put(key, state.seen(connection, refused ? now.asRefused() : now));
                task.outlet().skip(record, Outlet.DUPLICATE);
            }
            case NEW -> {
                if (record.overtakes(last)) {
                    task.outlet().overtaken(record);
                }
                return state.seen(connection, now);
            }
        }
        return null;
    }

    /**
     * Whether the record changes nothing of the row because another connection said it, or something newer, before; then it
     * is noted and skipped.
     *
     * @param byVersion whether versions of different connections can be compared
     */
    boolean toldBefore(byte[] key, RecordState state, SourceRecord record, boolean byVersion) {
        String connection = record.origin().connection();
        if (byVersion && state.showsNewerThan(connection)) {
            task.stores().put(key, state);
            task.outlet().skip(record, Outlet.STALE);
            return true;
        }
        if (state.showsSameAs(connection)) {
            task.stores().put(key, state.suppliedBy(connection));
            task.outlet().skip(record, Outlet.DUPLICATE);
            return true;
        }
        return false;
    }

    /** Whether another connection still has what this record deletes; then that is noted and the row stays. */
    boolean staysElsewhere(byte[] key, RecordState state, SourceRecord record) {
        if (!state.heldBesides(record.origin().connection())) {
            return false;
        }
        task.stores().put(key, state);
        task.outlet().skip(record, Outlet.ELSEWHERE);
        return true;
    }

    /**
     * Writes the record's row and keeps its content, or refuses it.
     *
     * @param context makes the row's context from its version and the record
     * @return the state now
     */
    RecordState write(
            byte[] key,
            RecordState state,
            SourceRecord record,
            RecordFields fields,
            BiFunction<Long, KeptRecord, RowContext> context) {
        long version = RowVersion.next(state.rowVersion(), record.timestamp(), Operation.UPSERT);
        KeptRecord kept = KeptRecord.of(record);
        return task.rows(record.event().entity(), context.apply(version, kept), fields, null)
                .fold(
                        rows -> {
                            task.stores().keep(key, kept);
                            task.outlet().rows(record, Operation.UPSERT, rows.rows(), version, Outlet.UNMAPPED);
                            return state.suppliedBy(record.origin().connection())
                                    .written(version);
                        },
                        refused -> {
                            task.outlet().refuse(record, refused);
                            return state.refusedFrom(record.origin().connection());
                        });
    }

    /** Writes a row again from kept content, for another reason than a record of its own. */
    RecordState rewrite(
            byte[] key,
            RecordState state,
            Entity entity,
            long timestamp,
            BiFunction<Long, KeptRecord, RowContext> context) {
        KeptRecord kept = task.stores().content(key);
        if (kept == null) {
            return state;
        }
        long version = RowVersion.next(state.rowVersion(), timestamp, Operation.UPSERT);
        RecordFields fields = task.readKept(entity, kept);
        List<MappedRow> rows = rowsOrNone(task.rows(entity, context.apply(version, kept), fields, null));
        task.outlet().derivedRows(StateKeys.listing(key), Operation.UPSERT, rows, version, timestamp);
        return rows.isEmpty()
                ? state
                : state.mapped(kept.origin().connection(), task.mappingFingerprint())
                        .written(version);
    }

    /** The rows that delete a record's rows, made from its kept content; none when it has none. */
    List<MappedRow> deleteRows(byte[] key, Entity entity, long version, long timestamp) {
        KeptRecord kept = task.stores().content(key);
        if (kept == null) {
            return List.of();
        }
        RowContext context = bare(StateKeys.name(StateKeys.listing(key)), version, kept);
        String deletedAt = Instant.ofEpochMilli(timestamp).toString();
        return rowsOrNone(task.mapper(entity).deleteRows(context, task.readKept(entity, kept), deletedAt));
    }

    /** A context without status, for rows that have none. */
    static RowContext bare(String listing, long version, KeptRecord kept) {
        return new RowContext(
                listing,
                null,
                null,
                "",
                false,
                false,
                version,
                kept.origin().run().orElse(null),
                kept.origin().connection());
    }

    /** Content that fitted once fits again, unless the mapping has changed since; then the record itself is the next to say so. */
    private static List<MappedRow> rowsOrNone(MapOutcome outcome) {
        return outcome.fold(MapOutcome.Rows::rows, refused -> List.of());
    }
}
