package com.listingsync.sink.batch;

import com.listingsync.common.mapping.TableLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows that travel in one request: of one table, for one action, in the order of their ids, so that two requests that touch
 * the same rows lock them in the same order and never deadlock (facts.md §3).
 *
 * @param table their table
 * @param action what is to happen to them
 * @param rows at least one
 */
public record Batch(TableLayout table, RowAction action, List<Row> rows) {

    public Batch {
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a batch for table " + table.name() + " needs at least one row");
        }
    }

    public int size() {
        return rows.size();
    }

    /** The columns its rows write. */
    public List<String> columns() {
        return action == RowAction.UPSERT ? table.columns() : table.deleteColumns();
    }

    /**
     * Two halves that together are this batch, for finding what is wrong with it.
     *
     * <p>Every other row goes to the first: neighbours share a listing, so the rows that are tried first are a fair sample of
     * all, which is what tells many bad rows from a table that refuses everything.
     *
     * @throws IllegalStateException when there is only one row
     */
    public List<Batch> halves() {
        if (rows.size() < 2) {
            throw new IllegalStateException("one row can't be halved");
        }
        List<Row> even = new ArrayList<>(rows.size() / 2 + 1);
        List<Row> odd = new ArrayList<>(rows.size() / 2 + 1);
        for (int i = 0; i < rows.size(); i++) {
            (i % 2 == 0 ? even : odd).add(rows.get(i));
        }
        return List.of(new Batch(table, action, even), new Batch(table, action, odd));
    }

    /**
     * Whether rows of it are counted in different books, so that a count of written rows does not say whose they are.
     */
    public boolean mixed() {
        Optional<Account> first = rows.get(0).account();
        for (Row row : rows) {
            if (!row.account().equals(first)) {
                return true;
            }
        }
        return false;
    }

    /** Length of the JSON array of its rows. */
    public long bytes() {
        // Each row brings the comma or bracket before it; the closing bracket is left.
        long bytes = 1;
        for (Row row : rows) {
            bytes += row.bytes();
        }
        return bytes;
    }
}
