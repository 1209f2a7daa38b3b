package com.listingsync.sink.batch;

import com.listingsync.common.mapping.TableLayout;
import java.util.Objects;
import java.util.Optional;

/**
 * A row on its way to its table.
 *
 * @param place index of its record among those it was polled with; tells rows of one poll apart
 * @param table where it goes
 * @param action what is to happen to it
 * @param listing the listing it travels with
 * @param id value of the table's key column
 * @param version its row version; 0 for a purge, which has none
 * @param json UTF-8 JSON object, never parsed and never copied; empty for a purge. Callers must not change it
 * @param account whose books it is counted in; empty for a row that no fetched record waits for
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by place; the bytes are the record's own.
public record Row(
        int place,
        TableLayout table,
        RowAction action,
        String listing,
        String id,
        long version,
        byte[] json,
        Optional<Account> account) {

    public Row {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(account, "account");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a row of table " + table.name() + " needs an id; found an empty one");
        }
    }

    /** Bytes it adds to a request, its comma included. */
    public int bytes() {
        return json.length + 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row row
                && row.place == place
                && row.id.equals(id)
                && row.table.name().equals(table.name());
    }

    @Override
    public int hashCode() {
        return 31 * place + id.hashCode();
    }

    @Override
    public String toString() {
        return "row " + place + " of " + table.name() + " (" + action + ")";
    }
}
