package com.listingsync.common.event;

import java.util.Objects;
import java.util.Optional;

/**
 * What the headers of a record on {@code rows} say: all that the sink needs to route and count a row without parsing it.
 *
 * @param table destination table
 * @param operation {@link Operation#DELETE} rows carry only key, {@code deleted_at} and row version
 * @param rowVersion the version the row itself holds; only grows per row
 * @param origin the fetched record that this row answers for in the books of a run; empty for a derived row (a child
 *     deleted with its parent, a status history entry, a sync log entry), which no fetched record is waiting for
 */
public record RowEvent(String table, Operation operation, long rowVersion, Optional<Origin> origin) {

    public RowEvent {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(origin, "origin");
        if (table.isBlank()) {
            throw new IllegalArgumentException("a row needs a table; found a blank name");
        }
    }
}
