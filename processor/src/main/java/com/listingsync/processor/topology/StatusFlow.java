package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.processor.rule.ListingState;
import com.listingsync.processor.rule.RecordState;
import com.listingsync.processor.rule.RowVersion;
import com.listingsync.processor.rule.StatusAction;
import com.listingsync.processor.rule.StatusChange;
import com.listingsync.processor.rule.StatusSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/** Notes a listing's status and reports each change of it, once. Confined to the task's thread. */
final class StatusFlow {

    private final Task task;

    StatusFlow(Task task) {
        this.task = task;
    }

    /**
     * What is said of a listing's status, and by whom.
     *
     * @param listing the listing
     * @param word the status; null when nothing is said, and then what was said before holds
     * @param source who decides
     * @param changedAt when the source says it changed, ISO 8601
     * @param connection the connection that supplied the record
     * @param timestamp the record's time, in milliseconds since 1970
     */
    record Word(
            byte[] listing,
            @Nullable String word,
            StatusSource source,
            Optional<String> changedAt,
            String connection,
            long timestamp) {

        static Word of(SourceRecord record, @Nullable String word, StatusSource source, Optional<String> changedAt) {
            return new Word(
                    record.listing(), word, source, changedAt, record.origin().connection(), record.timestamp());
        }
    }

    /**
     * The listing's state with the status that is said of it. The first status of a listing is no change.
     *
     * @param before the listing's state before what brought the word
     * @param now its state but for the status
     */
    ListingState decided(ListingState before, ListingState now, Word said) {
        ListingState after = said.word() == null ? now : now.status(said.word(), said.source());
        String from = before.marketStatus();
        String to = after.marketStatus();
        if (from == null || to == null || from.equals(to)) {
            return after;
        }
        long version = RowVersion.next(after.statusVersion(), said.timestamp(), Operation.UPSERT);
        StatusChange change = new StatusChange(
                StateKeys.name(said.listing()),
                from,
                to,
                said.changedAt(),
                Instant.ofEpochMilli(said.timestamp()),
                said.source(),
                said.connection(),
                StatusAction.of(from, to, task.mapping().statuses()),
                sheetRows(said.listing(), after));
        task.outlet().statusChange(said.listing(), change, version, said.timestamp());
        return after.statusVersion(version);
    }

    private List<String> sheetRows(byte[] listing, ListingState state) {
        if (state.sheetRows() == 0) {
            return List.of();
        }
        List<String> numbers = new ArrayList<>();
        for (KeyValue<byte[], RecordState> row : task.stores().recordsOf(listing, Entity.SHEET)) {
            if (row.value.live()) {
                numbers.add(StateKeys.child(row.key));
            }
        }
        return numbers;
    }
}
