package com.listingsync.sink.deliver;

import com.listingsync.sink.batch.Books;
import com.listingsync.sink.batch.Row;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of the rows of a batch; every one of them is in exactly one of the parts.
 *
 * @param books rows written and unchanged, counted
 * @param refused rows that Supabase refused for good
 * @param orphans rows whose parent was not there; empty when they were not to be told apart
 */
public record BatchReport(Books books, List<RefusedRow> refused, List<Row> orphans) {

    public BatchReport {
        Objects.requireNonNull(books, "books");
        refused = List.copyOf(refused);
        orphans = List.copyOf(orphans);
    }

    /**
     * A row that Supabase refused.
     *
     * @param row the row
     * @param code SQLSTATE, PostgREST code or status
     * @param message one sentence without any value of the row
     * @param column the column at fault; empty when the answer does not name one
     * @param status HTTP status
     */
    public record RefusedRow(Row row, String code, String message, Optional<String> column, int status) {}
}
