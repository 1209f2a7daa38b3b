package com.listingsync.sink.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Tally;
import com.listingsync.sink.batch.Account;
import com.listingsync.sink.batch.Batch;
import com.listingsync.sink.batch.Row;
import com.listingsync.sink.batch.RowAction;
import com.listingsync.sink.deliver.BatchReport.RefusedRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A delivery without the write: every row is counted once, and what no PostgreSQL would take is refused. */
class RehearsalTest {

    private static final Account RUN = new Account("run-1", new FeedName("board", "property"));
    private static final TableLayout TABLE = new TableLayout(
            "properties", List.of("id"), List.of("id", "city", "row_version"), Optional.of("row_version"), Optional.empty(), 0);

    @Test
    void countsWhatWouldHaveBeenSent() {
        BatchReport report = rehearsed("{\"id\":\"1\",\"row_version\":1}", "{\"id\":\"2\",\"row_version\":2}");

        assertThat(report.refused()).isEmpty();
        assertThat(report.orphans()).isEmpty();
        assertThat(report.books().tallies()).containsEntry(RUN, Tally.of("skipped.shadow", 2));
    }

    @Test
    void refusesWhatNoDatabaseWouldTake() {
        BatchReport report = rehearsed(
                "{\"id\":\"1\",\"row_version\":1}",
                "{\"id\" 2}",
                "{\"row_version\":3}",
                "{\"id\":\"4\"}",
                "{\"id\":\"5\",\"row_version\":\"new\"}");

        assertThat(report.refused()).extracting(RefusedRow::code).containsExactly("22P02", "23502", "23502", "22P02");
        assertThat(report.refused())
                .extracting(one -> one.column().orElse("-"))
                .containsExactly("-", "id", "row_version", "row_version");
        assertThat(report.books().tallies()).containsEntry(RUN, Tally.of("skipped.shadow", 1));
    }

    @Test
    void countsAPurgeToo() {
        Row purge = new Row(0, TABLE, RowAction.PURGE, "1", "1", 0, new byte[0], Optional.of(RUN));

        BatchReport report = Rehearsal.of(new Batch(TABLE, RowAction.PURGE, List.of(purge)));

        assertThat(report.books().tallies()).containsEntry(RUN, Tally.of("skipped.shadow", 1));
    }

    private static BatchReport rehearsed(String... rows) {
        List<Row> all = new ArrayList<>();
        for (String row : rows) {
            byte[] json = row.getBytes(StandardCharsets.UTF_8);
            all.add(new Row(all.size(), TABLE, RowAction.UPSERT, "L", "id-" + all.size(), 1, json, Optional.of(RUN)));
        }
        return Rehearsal.of(new Batch(TABLE, RowAction.UPSERT, all));
    }
}
