package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.View;
import com.listingsync.common.mapping.Statuses;
import com.listingsync.processor.map.Admission;
import com.listingsync.processor.map.MapOutcome;
import com.listingsync.processor.map.MappedRow;
import com.listingsync.processor.map.RecordFields;
import com.listingsync.processor.map.RecordMapper;
import com.listingsync.processor.map.RowContext;
import com.listingsync.processor.map.StatusClaim;
import com.listingsync.processor.map.UnreadableRecordException;
import com.listingsync.processor.rule.ListingState;
import com.listingsync.processor.rule.Merge;
import com.listingsync.processor.rule.Novelty;
import com.listingsync.processor.rule.RowVersion;
import com.listingsync.processor.rule.Sighting;
import com.listingsync.processor.rule.Standing;
import com.listingsync.processor.rule.StatusSource;
import com.listingsync.processor.topology.StatusFlow.Word;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * MLS listings: the views of one listing make one row, and what happens to it happens to its children and its linked sheet
 * rows. Confined to the task's thread.
 */
final class PropertyFlow {

    private static final Entity PROPERTY = Entity.PROPERTY;

    private final Task task;
    private final StatusFlow statuses;
    private final ChildFlow children;
    private final SheetStatus sheets;
    private final ListingIds listingIds;

    PropertyFlow(Task task, StatusFlow statuses, ChildFlow children, SheetStatus sheets, ListingIds listingIds) {
        this.task = task;
        this.statuses = statuses;
        this.children = children;
        this.sheets = sheets;
        this.listingIds = listingIds;
    }

    /** A listing's record arrives in one view. */
    void arrive(SourceRecord record) {
        ListingState before = task.stores().listing(record.listing());
        View view = record.origin().view();
        Sighting now = record.sighting(task.mappingFingerprint());
        ListingState seen = before.seen(view, now);
        switch (Novelty.of(before.sightings().get(view), now)) {
            case DUPLICATE -> task.outlet().skip(record, Outlet.DUPLICATE);
            case STALE -> task.outlet().skip(record, Outlet.STALE);
            case ABSENT -> task.outlet().skip(record, Outlet.ABSENT);
            case UNCHANGED -> {
                task.outlet().skip(record, Outlet.DUPLICATE);
                task.stores().put(record.listing(), seen);
            }
            case NEW -> {
                ListingState after = now.deleted() ? left(record, seen) : listed(record, seen);
                task.stores().put(record.listing(), after);
                listingIds.announce(record, before, after);
            }
        }
    }

    /** A new or changed record of a listing. */
    private ListingState listed(SourceRecord record, ListingState seen) {
        View view = record.origin().view();
        RecordFields fields;
        try {
            fields = mapper().read(record.payload());
        } catch (UnreadableRecordException e) {
            // The record is a dead letter; what the view said before stays.
            task.outlet().refuse(record, "bad-json", String.valueOf(e.getMessage()), Optional.empty());
            return seen;
        }
        if (mapper().admission(fields) == Admission.DELETED) {
            Sighting now = Objects.requireNonNull(seen.sightings().get(view), "sighting");
            return left(record, seen.seen(view, now.asDeleted()));
        }
        Map<View, KeptRecord> contents = new EnumMap<>(View.class);
        contents.putAll(task.stores().contents(record.listing(), seen.presence()));
        contents.put(view, KeptRecord.of(record));
        boolean supplies = winner(contents) == view || view == View.VOW && mapper().hasVowColumns();
        if (supplies || !seen.inView(view) || seen.standing() != Standing.LIVE) {
            return written(record, seen, contents, true);
        }
        return noted(record, seen, fields, contents);
    }

    /** A record that supplies nothing of the row now: it is kept for the day its view is the better one. */
    private ListingState noted(
            SourceRecord record, ListingState seen, RecordFields fields, Map<View, KeptRecord> contents) {
        View view = record.origin().view();
        KeptRecord kept = Objects.requireNonNull(contents.get(view), "content of the view that just spoke");
        RowContext context = context(record, seen, kept, Optional.empty(), 1);
        return mapper().rows(context, fields, null)
                .fold(
                        fits -> {
                            task.stores().keep(StateKeys.view(record.listing(), view), kept);
                            task.outlet().skip(record, Outlet.DUPLICATE);
                            return seen;
                        },
                        refused -> {
                            task.outlet().refuse(record, refused);
                            return seen;
                        });
    }

    /** A view has the listing no more. */
    private ListingState left(SourceRecord record, ListingState seen) {
        View view = record.origin().view();
        if (!seen.inView(view)) {
            task.outlet().skip(record, Outlet.ABSENT);
            return seen;
        }
        Map<View, KeptRecord> contents = new EnumMap<>(View.class);
        contents.putAll(task.stores().contents(record.listing(), seen.presence()));
        ListingState after = seen.left(view);
        if (after.presence().isEmpty()) {
            ListingState gone = removed(record, after, contents);
            task.stores().forget(StateKeys.view(record.listing(), view));
            return gone;
        }
        contents.remove(view);
        task.stores().forget(StateKeys.view(record.listing(), view));
        return written(record, after, contents, false);
    }

    /** The row is made of what the views say together. */
    private ListingState written(
            SourceRecord record, ListingState seen, Map<View, KeptRecord> contents, boolean arrives) {
        KeptRecord supplier = Objects.requireNonNull(contents.get(winner(contents)), "content of the winning view");
        RecordFields fields = task.readKept(PROPERTY, supplier);
        Optional<StatusClaim> claim = mapper().status(fields);
        if (mapper().admission(fields) != Admission.KEPT) {
            return filtered(record, seen, kept(record, seen, contents, arrives), contents, claim, fields);
        }
        KeptRecord vow = contents.get(View.VOW);
        RecordFields vowFields = vow == null ? null : vow == supplier ? fields : task.readKept(PROPERTY, vow);
        long version = RowVersion.next(seen.rowVersion(), record.timestamp(), Operation.UPSERT);
        ListingState present = arrives ? seen.present(record.origin().view()) : seen;
        MapOutcome outcome = mapper().rows(context(record, present, supplier, claim, version), fields, vowFields);
        return outcome.fold(
                rows -> {
                    task.outlet().rows(record, Operation.UPSERT, rows.rows(), version, Outlet.UNMAPPED);
                    ListingState now = kept(record, seen, contents, arrives)
                            .rowVersion(version)
                            .standing(Standing.LIVE);
                    return followed(record, seen, decided(record, seen, now, claim, fields));
                },
                refused -> {
                    task.outlet().refuse(record, refused);
                    return seen;
                });
    }

    /** The record can be used: its view has the listing, and its content is kept. */
    private ListingState kept(SourceRecord record, ListingState seen, Map<View, KeptRecord> contents, boolean arrives) {
        View view = record.origin().view();
        KeptRecord content = contents.get(view);
        if (!arrives || content == null) {
            return seen;
        }
        task.stores().keep(StateKeys.view(record.listing(), view), content);
        return seen.present(view);
    }

    /** The mapping keeps the listing out: its row goes, and its children with it. */
    private ListingState filtered(
            SourceRecord record,
            ListingState before,
            ListingState present,
            Map<View, KeptRecord> contents,
            Optional<StatusClaim> claim,
            RecordFields fields) {
        task.outlet().skip(record, Outlet.FILTERED);
        ListingState now = present.standing(Standing.FILTERED);
        if (before.standing() == Standing.LIVE) {
            long version = RowVersion.next(before.rowVersion(), record.timestamp(), Operation.DELETE);
            List<MappedRow> rows = deleteRows(record, present, contents, version);
            task.outlet().derivedRows(record.listing(), Operation.DELETE, rows, version, record.timestamp());
            now = now.rowVersion(version);
        }
        return followed(record, before, decided(record, before, now, claim, fields));
    }

    /** No view has the listing any more. */
    private ListingState removed(SourceRecord record, ListingState after, Map<View, KeptRecord> contents) {
        long version = RowVersion.next(after.rowVersion(), record.timestamp(), Operation.DELETE);
        List<MappedRow> rows =
                after.standing() == Standing.LIVE ? deleteRows(record, after, contents, version) : List.of();
        task.outlet().rows(record, Operation.DELETE, rows, version, Outlet.ABSENT);
        ListingState gone =
                after.rowVersion(rows.isEmpty() ? after.rowVersion() : version).standing(Standing.DELETED);
        Word said = Word.of(record, Statuses.DELETED, StatusSource.MLS, Optional.empty());
        return followed(record, after, statuses.decided(after, gone, said));
    }

    private ListingState decided(
            SourceRecord record,
            ListingState before,
            ListingState now,
            Optional<StatusClaim> claim,
            RecordFields fields) {
        claim.filter(c -> !c.known()).ifPresent(c -> task.unknownStatus(PROPERTY));
        String word = claim.map(StatusClaim::word).orElse(null);
        Word said = Word.of(record, word, StatusSource.MLS, mapper().changedAt(fields));
        return statuses.decided(before, now.listingId(mapper().listingId(fields)), said);
    }

    /** What follows for sheet rows and children when a listing's status or standing has changed. */
    private ListingState followed(SourceRecord record, ListingState before, ListingState now) {
        byte[] listing = record.listing();
        if (!Objects.equals(before.status(), now.status())
                || !Objects.equals(before.listingId(), now.listingId())
                || before.knownToMls() != now.knownToMls()) {
            sheets.rewrite(listing, now, record.timestamp());
        }
        if (before.standing() == now.standing()) {
            return now;
        }
        if (before.standing() == Standing.LIVE) {
            children.hide(listing, record.timestamp());
        } else if (now.standing() == Standing.LIVE && before.standing() != Standing.UNKNOWN) {
            children.restore(listing, record.timestamp());
        }
        return now.standing().childrenWait() ? now : children.release(listing, now);
    }

    private List<MappedRow> deleteRows(
            SourceRecord record, ListingState state, Map<View, KeptRecord> contents, long version) {
        KeptRecord last = Objects.requireNonNull(contents.get(winner(contents)), "content of the winning view");
        RowContext context = context(record, state, last, Optional.empty(), version);
        String deletedAt = Instant.ofEpochMilli(record.timestamp()).toString();
        return mapper().deleteRows(context, task.readKept(PROPERTY, last), deletedAt)
                .fold(MapOutcome.Rows::rows, refused -> List.of());
    }

    private RowContext context(
            SourceRecord record, ListingState state, KeptRecord supplier, Optional<StatusClaim> claim, long version) {
        String word = claim.map(StatusClaim::word).orElse(null);
        return new RowContext(
                StateKeys.name(record.listing()),
                word,
                word,
                StatusSource.MLS.wireName(),
                state.inView(View.IDX),
                state.inView(View.VOW),
                version,
                record.origin().run().orElse(null),
                supplier.origin().connection());
    }

    private RecordMapper mapper() {
        return task.mapper(PROPERTY);
    }

    private static View winner(Map<View, KeptRecord> contents) {
        Map<View, Long> versions = new EnumMap<>(View.class);
        contents.forEach((view, kept) -> versions.put(view, kept.version()));
        return Merge.winner(versions);
    }
}
