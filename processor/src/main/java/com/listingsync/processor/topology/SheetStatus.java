package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Link;
import com.listingsync.processor.map.RecordFields;
import com.listingsync.processor.map.RowContext;
import com.listingsync.processor.map.StatusClaim;
import com.listingsync.processor.rule.ListingState;
import com.listingsync.processor.rule.NamedListing;
import com.listingsync.processor.rule.Namesakes;
import com.listingsync.processor.rule.RecordState;
import com.listingsync.processor.rule.StatusSource;
import com.listingsync.processor.topology.StatusFlow.Word;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Whose status a sheet row takes: that of the MLS listing it is linked to, once an MLS knows it, else its own. A row whose
 * listing is decided elsewhere is written again. Confined to the task's thread.
 */
final class SheetStatus {

    private static final Entity SHEET = Entity.SHEET;

    private final Task task;
    private final RecordFlow records;
    private final StatusFlow statuses;
    private final ListingIds listingIds;

    SheetStatus(Task task, StatusFlow statuses, ListingIds listingIds) {
        this.task = task;
        this.records = new RecordFlow(task);
        this.statuses = statuses;
        this.listingIds = listingIds;
    }

    /** An MLS has decided the status of the listing with this key: its sheet rows are written with it. */
    void rewrite(byte[] listing, ListingState state, long timestamp) {
        if (state.sheetRows() > 0) {
            for (KeyValue<byte[], RecordState> row : task.stores().recordsOf(listing, SHEET)) {
                if (row.value.live()) {
                    rewrite(row, listing, state, timestamp);
                }
            }
        }
    }

    /** The listings that go by this ListingId, or their status, are others now: rows that are linked by it are written anew. */
    void renamed(byte[] id, long timestamp) {
        ListingState state = task.stores().listing(id);
        if (state.sheetRows() == 0) {
            return;
        }
        ListingState now = state;
        for (KeyValue<byte[], RecordState> row : task.stores().recordsOf(id, SHEET)) {
            KeptRecord kept = row.value.live() ? task.stores().content(row.key) : null;
            if (kept != null && kept.link() == Link.LISTING_ID) {
                rewrite(row, id, state, timestamp);
                now = decided(id, now, kept, timestamp);
            }
        }
        if (!now.equals(state)) {
            task.stores().put(id, now);
        }
    }

    /** Who a row linked in this way means. */
    Namesakes meant(byte[] listing, ListingState state, Link link) {
        return listingIds.meant(listing, state, link);
    }

    Optional<StatusClaim> claim(RecordFields fields) {
        return task.mapper(SHEET).status(fields);
    }

    /** What a row is written with; a status of its own that the MLS overrules is counted. */
    RowContext context(byte[] listing, ListingState state, Optional<StatusClaim> claim, long version, KeptRecord kept) {
        Namesakes meant = meant(listing, state, kept.link());
        if (meant.ambiguous()) {
            task.meters().warning(task.table(SHEET), "status", "ambiguous-link");
        }
        @Nullable String own = claim.map(StatusClaim::word).orElse(null);
        @Nullable String decided = meant.one().map(NamedListing::status).orElse(null);
        if (decided != null && own != null && !own.equals(decided)) {
            task.meters().warning(task.table(SHEET), "status", "status-conflict");
        }
        return new RowContext(
                meant.one().map(NamedListing::listing).orElseGet(() -> StateKeys.name(listing)),
                decided == null ? own : decided,
                decided != null && decided.equals(own) ? null : own,
                (decided == null ? StatusSource.SHEET : StatusSource.MLS).wireName(),
                false,
                false,
                version,
                kept.origin().run().orElse(null),
                kept.origin().connection());
    }

    /** What is said of a row's listing when {@code meant} is who it means and its own record says {@code own}. */
    Word word(SourceRecord record, Namesakes meant, @Nullable String own, Optional<String> changedAt) {
        return meant.one()
                .map(named -> new Word(
                        record.listing(),
                        named.status(),
                        StatusSource.MLS,
                        named.changedAt(),
                        named.connection(),
                        record.timestamp()))
                .orElseGet(() -> Word.of(record, own, StatusSource.SHEET, changedAt));
    }

    /** A name that no listing has for its key has the status of whom it stands for, so that its changes are reported too. */
    private ListingState decided(byte[] id, ListingState state, KeptRecord kept, long timestamp) {
        if (state.knownToMls()) {
            return state;
        }
        Optional<NamedListing> one = meant(id, state, Link.LISTING_ID).one();
        RecordFields fields = task.readKept(SHEET, kept);
        Word said = new Word(
                id,
                one.isPresent()
                        ? one.get().status()
                        : claim(fields).map(StatusClaim::word).orElse(null),
                one.isPresent() ? StatusSource.MLS : StatusSource.SHEET,
                one.isPresent() ? one.get().changedAt() : task.mapper(SHEET).changedAt(fields),
                one.map(NamedListing::connection).orElse(kept.origin().connection()),
                timestamp);
        return statuses.decided(state, state, said);
    }

    private void rewrite(KeyValue<byte[], RecordState> row, byte[] listing, ListingState state, long timestamp) {
        RecordState now = records.rewrite(
                row.key,
                row.value,
                SHEET,
                timestamp,
                (version, kept) -> context(listing, state, claim(task.readKept(SHEET, kept)), version, kept));
        task.stores().put(row.key, now);
    }
}
