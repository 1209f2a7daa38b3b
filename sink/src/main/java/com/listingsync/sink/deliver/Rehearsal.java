package com.listingsync.sink.deliver;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import com.listingsync.sink.batch.Batch;
import com.listingsync.sink.batch.Books;
import com.listingsync.sink.batch.Row;
import com.listingsync.sink.batch.RowAction;
import com.listingsync.sink.cutover.CutoverSettings;
import com.listingsync.sink.deliver.BatchReport.RefusedRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A delivery without the write: what no PostgreSQL would take is refused with the code that it has for that, and all else is counted
 * as what would have been sent. Stateless.
 *
 * <p>What only a database can tell stays open: a row of the wrong type, a missing parent, a constraint.
 */
final class Rehearsal {

    private static final String SYNTAX = "22P02";
    private static final String NOT_NULL = "23502";
    private static final int STATUS = 400;

    private Rehearsal() {}

    static BatchReport of(Batch batch) {
        Books books = new Books();
        List<RefusedRow> refused = new ArrayList<>();
        for (Row row : batch.rows()) {
            Optional<RefusedRow> problem = row.action() == RowAction.PURGE ? Optional.empty() : problem(row);
            problem.ifPresentOrElse(refused::add, () -> books.count(row.account(), CutoverSettings.SHADOW, 1));
        }
        return new BatchReport(books, refused, List.of());
    }

    private static Optional<RefusedRow> problem(Row row) {
        JsonNode columns;
        try {
            columns = Json.MAPPER.readTree(row.json());
        } catch (IOException e) {
            // A dead letter, as it would be one in earnest; the parser's own words would quote the row.
            return Optional.of(new RefusedRow(row, SYNTAX, "the row is not JSON", Optional.empty(), STATUS));
        }
        for (String key : row.table().keyColumns()) {
            if (!columns.hasNonNull(key)) {
                return missing(row, key);
            }
        }
        Optional<String> guard = row.table().guard();
        if (guard.isPresent() && !columns.hasNonNull(guard.get())) {
            return missing(row, guard.get());
        }
        return guard.filter(column -> !columns.path(column).isIntegralNumber())
                .map(column -> new RefusedRow(
                        row, SYNTAX, "column " + column + " needs a whole number", Optional.of(column), STATUS));
    }

    private static Optional<RefusedRow> missing(Row row, String column) {
        return Optional.of(
                new RefusedRow(row, NOT_NULL, "column " + column + " needs a value", Optional.of(column), STATUS));
    }
}
