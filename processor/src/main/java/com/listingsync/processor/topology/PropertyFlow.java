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
import com.listingsync.processor.rule.RowVersion;
import com.listingsync.processor.rule.Sighting;
import com.listingsync.processor.rule.Standing;
import com.listingsync.processor.rule.StatusSource;
import com.listingsync.processor.topology.StatusFlow.Word;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * MLS listings: what the connections say of one listing makes one row, and what happens to it happens to its children and its linked sheet
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

    /** A listing's record arrives from one connection. */
    void arrive(SourceRecord record) {
        ListingState before = task.stores().listing(record.listing());
        String connection = record.origin().connection();
        Sighting last = before.sightings().get(connection);
        Sighting now = record.sightingAfter(last, task.mappingFingerprint());
        ListingState seen = before.seen(connection, now);
        switch (record.noveltyAfter(last, now)) {
            case DUPLICATE -> task.outlet().skip(record, Outlet.DUPLICATE);
            case STALE -> task.outlet().skip(record, Outlet.STALE);
            case ABSENT -> task.outlet().skip(record, Outlet.ABSENT);
            case UNCHANGED -> {
                boolean refused = last != null && last.refused();
                task.stores().put(record.listing(), confirmed(record, refused ? seen.refusedFrom(connection) : seen));
            }
            case NEW -> {
                if (record.overtakes(last)) {
                    task.outlet().overtaken(record);
                }
                ListingState after = now.deleted() ? left(record, seen) : listed(record, seen);
                task.stores().put(record.listing(), after);
                listingIds.announce(record, before, after);
            }
        }
    }

    /** What the connection said before holds at a newer version; that may make it the one to supply the row. */
    private ListingState confirmed(SourceRecord record, ListingState seen) {
        String connection = record.origin().connection();
        Map<String, KeptRecord> contents =
                task.stores().contents(record.listing(), seen.presence().keySet());
        KeptRecord kept = contents.get(connection);
        if (kept != null && Arrays.equals(kept.payload(), record.payload())) {
            if (!winner(contents).equals(connection)) {
                return listed(record, seen);
            }
            task.stores().keep(StateKeys.content(record.listing(), connection), KeptRecord.of(record));
        }
        task.outlet().skip(record, Outlet.DUPLICATE);
        return seen;
    }

    /** A new or changed record of a listing. */
    private ListingState listed(SourceRecord record, ListingState seen) {
        String connection = record.origin().connection();
        RecordFields fields;
        try {
            fields = mapper().read(record.payload());
        } catch (UnreadableRecordException e) {
            // The record is a dead letter; what the connection said before stays.
            task.outlet().refuse(record, "bad-json", String.valueOf(e.getMessage()), Optional.empty());
            return seen.refusedFrom(connection);
        }
        if (mapper().admission(fields) == Admission.DELETED) {
            Sighting now = Objects.requireNonNull(seen.sightings().get(connection), "sighting");
            return left(record, seen.seen(connection, now.asDeleted()));
        }
        Map<String, KeptRecord> contents =
                task.stores().contents(record.listing(), seen.presence().keySet());
        contents.put(connection, KeptRecord.of(record));
        View view = record.origin().view();
        boolean supplies = winner(contents).equals(connection) || view == View.VOW && mapper().hasVowColumns();
        if (supplies || seen.presence().get(connection) != view || seen.standing() != Standing.LIVE) {
            return written(record, seen, contents, true);
        }
        return noted(record, seen, fields, contents);
    }

    /** A record that supplies nothing of the row now: it is kept for the day its connection is the better one. */
    private ListingState noted(
            SourceRecord record, ListingState seen, RecordFields fields, Map<String, KeptRecord> contents) {
        String connection = record.origin().connection();
        KeptRecord kept = Objects.requireNonNull(contents.get(connection), "content of who just spoke");
        RowContext context = context(record, seen, kept, Optional.empty(), 1);
        return task.rows(PROPERTY, context, fields, null)
                .fold(
                        fits -> {
                            task.stores().keep(StateKeys.content(record.listing(), connection), kept);
                            task.outlet().skip(record, Outlet.DUPLICATE);
                            return seen;
                        },
                        refused -> {
                            task.outlet().refuse(record, refused);
                            return seen.refusedFrom(connection);
                        });
    }

    /** A connection has the listing no more. */
    private ListingState left(SourceRecord record, ListingState seen) {
        String connection = record.origin().connection();
        if (!seen.heldBy(connection)) {
            task.outlet().skip(record, Outlet.ABSENT);
            return seen;
        }
        Map<String, KeptRecord> contents =
                task.stores().contents(record.listing(), seen.presence().keySet());
        ListingState after = seen.left(connection);
        if (after.presence().isEmpty()) {
            ListingState gone = removed(record, after, contents);
            task.stores().forget(StateKeys.content(record.listing(), connection));
            return gone;
        }
        contents.remove(connection);
        task.stores().forget(StateKeys.content(record.listing(), connection));
        return written(record, after, contents, false);
    }

    /** The row is made of what the connections say together. */
    private ListingState written(
            SourceRecord record, ListingState seen, Map<String, KeptRecord> contents, boolean arrives) {
        KeptRecord supplier = Objects.requireNonNull(contents.get(winner(contents)), "content of the winner");
        RecordFields fields = task.readKept(PROPERTY, supplier);
        Optional<StatusClaim> claim = mapper().status(fields);
        if (mapper().admission(fields) != Admission.KEPT) {
            return filtered(record, seen, kept(record, seen, contents, arrives), contents, claim, fields);
        }
        KeptRecord vow = newestVow(contents);
        RecordFields vowFields = vow == null ? null : vow == supplier ? fields : task.readKept(PROPERTY, vow);
        long version = RowVersion.next(seen.rowVersion(), record.timestamp(), Operation.UPSERT);
        ListingState present = arrives
                ? seen.present(record.origin().connection(), record.origin().view())
                : seen;
        MapOutcome outcome = task.rows(PROPERTY, context(record, present, supplier, claim, version), fields, vowFields);
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
                    return seen.refusedFrom(record.origin().connection());
                });
    }

    /** The record can be used: its connection has the listing, and its content is kept. */
    private ListingState kept(
            SourceRecord record, ListingState seen, Map<String, KeptRecord> contents, boolean arrives) {
        String connection = record.origin().connection();
        KeptRecord content = contents.get(connection);
        if (!arrives || content == null) {
            return seen;
        }
        task.stores().keep(StateKeys.content(record.listing(), connection), content);
        return seen.present(connection, record.origin().view());
    }

    /** The mapping keeps the listing out: its row goes, and its children with it. */
    private ListingState filtered(
            SourceRecord record,
            ListingState before,
            ListingState present,
            Map<String, KeptRecord> contents,
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

    /** No connection has the listing any more. */
    private ListingState removed(SourceRecord record, ListingState after, Map<String, KeptRecord> contents) {
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
            SourceRecord record, ListingState state, Map<String, KeptRecord> contents, long version) {
        KeptRecord last = Objects.requireNonNull(contents.get(winner(contents)), "content of the winner");
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

    private static String winner(Map<String, KeptRecord> contents) {
        Map<String, Merge.Offer> offers = new TreeMap<>();
        contents.forEach((connection, kept) -> offers.put(
                connection, new Merge.Offer(kept.version(), kept.origin().view())));
        return Merge.winner(offers);
    }

    private static @Nullable KeptRecord newestVow(Map<String, KeptRecord> contents) {
        Map<String, KeptRecord> vow = new TreeMap<>(contents);
        vow.values().removeIf(kept -> kept.origin().view() != View.VOW);
        return vow.isEmpty() ? null : vow.get(winner(vow));
    }
}
