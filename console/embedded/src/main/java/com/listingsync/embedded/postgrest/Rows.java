package com.listingsync.embedded.postgrest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The one row that every statement answers. Immutable by convention: nobody changes the body.
 *
 * @param total the rows that match, whatever the page; empty if not counted
 * @param page the rows of this page, or those written
 * @param location {@code key=eq.value} of the one row written
 * @param body JSON
 * @param inserted how many of the written rows are new; empty if no row was proposed
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
record Rows(Optional<Long> total, long page, List<String> location, byte[] body, Optional<Integer> inserted) {
    static Rows read(ResultSet row) throws SQLException {
        row.next();
        long total = row.getLong("total");
        Optional<Long> knownTotal = row.wasNull() ? Optional.empty() : Optional.of(total);
        int inserted = row.getInt("inserted");
        Optional<Integer> knownInserted = row.wasNull() ? Optional.empty() : Optional.of(inserted);
        List<String> location =
                Arrays.asList((String[]) row.getArray("location").getArray());
        return new Rows(knownTotal, row.getLong("page"), location, row.getBytes("body"), knownInserted);
    }
}
