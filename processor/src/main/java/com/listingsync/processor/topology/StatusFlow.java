package com.listingsync.processor.topology;

import com.listingsync.common.event.Operation;
import com.listingsync.processor.rule.ListingState;
import com.listingsync.processor.rule.RowVersion;
import com.listingsync.processor.rule.StatusAction;
import com.listingsync.processor.rule.StatusChange;
import com.listingsync.processor.rule.StatusSource;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notes a listing's status and reports each change of it, once. Confined to the task's thread. */
final class StatusFlow {

    private final Task task;

    StatusFlow(Task task) {
        this.task = task;
    }

    /**
     * The listing's state with the status that {@code record} gives it. The first status of a listing is no change.
     *
     * @param word the status; null when the record says none
     * @param changedAt when the source says it changed
     */
    ListingState decided(
            ListingState state,
            @Nullable String word,
            StatusSource source,
            Optional<String> changedAt,
            SourceRecord record) {
        String from = state.status();
        ListingState now = state.status(word, source);
        if (from == null || word == null || from.equals(word)) {
            return now;
        }
        long version = RowVersion.next(state.statusVersion(), record.timestamp(), Operation.UPSERT);
        StatusChange change = new StatusChange(
                StateKeys.name(record.listing()),
                from,
                word,
                changedAt,
                Instant.ofEpochMilli(record.timestamp()),
                source,
                record.origin().connection(),
                StatusAction.of(from, word, task.mapping().statuses()));
        task.outlet().statusChange(record.listing(), change, version, record.timestamp());
        return now.statusVersion(version);
    }
}
