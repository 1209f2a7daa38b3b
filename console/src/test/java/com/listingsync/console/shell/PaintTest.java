package com.listingsync.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PaintTest {

    @Test
    void leavesTextsAsTheyAreWithoutColour() {
        assertThat(Paint.NONE.bad("failed")).isEqualTo("failed");
    }

    @Test
    void keepsTablesAlignedWithColour() {
        Paint paint = new Paint(true);
        TextTable table = new TextTable("status", "records");
        table.row(List.of(paint.good("completed"), "7"));
        table.row(List.of(paint.bad("failed"), "123"));

        List<String> lines = table.lines(paint);

        assertThat(lines.stream().map(Paint::plain))
                .containsExactly("status     records", "completed        7", "failed         123");
    }
}
