package com.listingsync.common.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A table as the sink needs to know it.
 *
 * @param name the table, in the exposed schema
 * @param keyColumns the columns of its primary key or of the unique constraint that upserts meet on; at least one
 * @param columns every column that rows carry, keys and guard included; others are the database's or the app's own
 * @param guard the row version column whose trigger refuses older rows; empty when the table has none
 * @param deletedAt the column that marks a deleted row; empty when rows of this table are never deleted
 * @param stage tables of a lower stage are written first: parents before children
 */
public record TableLayout(
        String name,
        List<String> keyColumns,
        List<String> columns,
        Optional<String> guard,
        Optional<String> deletedAt,
        int stage) {

    public TableLayout {
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(deletedAt, "deletedAt");
        keyColumns = List.copyOf(keyColumns);
        columns = List.copyOf(columns);
        if (keyColumns.isEmpty() || !columns.containsAll(keyColumns)) {
            throw new IllegalArgumentException("table " + name + " needs key columns that are among its columns");
        }
    }

    /** The columns a delete row carries: keys, the mark and the guard; all others keep their values. */
    public List<String> deleteColumns() {
        List<String> columns = new ArrayList<>(keyColumns);
        deletedAt.ifPresent(columns::add);
        guard.ifPresent(columns::add);
        return List.copyOf(columns);
    }
}
