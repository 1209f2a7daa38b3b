package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.event.Entity;
import com.listingsync.common.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A spreadsheet that nobody changed costs next to nothing. */
class UnchangedSheetIT extends TabbedSheet {

    @Test
    void ofTenThousandRowsCostsOneSmallRequest() {
        List<List<Object>> rows = new ArrayList<>(List.of(HEADER));
        IntStream.range(0, 10_000).forEach(i -> rows.add(row("S" + i, "Ajax", i, "W" + i)));
        sheets.putTab("Sales", rows);
        producing.start();
        sync("r1");
        long asked = sheets.requestCount();

        RunState idle = sync("r2");
        long idleRequests = sheets.requestCount() - asked;
        rows.set(7, row("S6", "Ajax", 123));
        sheets.putTab("Sales", rows);
        RunState edited = sync("r3");

        assertThat(idleRequests).isEqualTo(1);
        assertThat(idle.total().fetched()).isZero();
        assertThat(sheets.requestCount() - asked).isEqualTo(4);
        assertThat(Producing.tally(edited, "office", "Sales").count("skipped.unchanged"))
                .isEqualTo(9_999);
    }

    @Test
    void isReadInFullNowAndThenBecauseFormulasChangeWithoutATrace() {
        tabs("[{title: Sales}]", "full_read: 1ms");
        producing.start();
        sync("r1", "Sales");

        sheets.recalculateTab("Sales", List.of(HEADER, row("S1", "Ajax", 1), row("S2", "B", 2), row("S3", "Acton", 3)));
        RunState run = sync("r2", "Sales");

        assertThat(run.total().fetched() - run.total().skipped()).isEqualTo(1);
    }

    @Test
    void isReadAgainWhenItIsReadInAnotherWay() {
        producing.start();
        sync("r1", "Sales");
        producing.close();

        tabs("[{title: Sales, columns: {Town: City}}]", "");
        producing.start();
        RunState run = sync("r2", "Sales");

        assertThat(run.total().fetched()).isEqualTo(3);
        assertThat(producing.emitted(Entity.SHEET)).hasSize(6);
    }
}
