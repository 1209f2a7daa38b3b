package com.listingsync.console.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void alignsNumbersToTheRightAndWordsToTheLeft() {
        TextTable table = new TextTable("feed", "rows", "status");
        table.row(List.of("media", "12,345", "done"));
        table.row(List.of("property", "7", "running"));

        assertThat(table.lines())
                .containsExactly("feed        rows  status", "media     12,345  done", "property       7  running");
    }

    @Test
    void refusesRowsOfAnotherWidth() {
        TextTable table = new TextTable("feed", "rows");

        assertThatThrownBy(() -> table.row(List.of("media")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected 2 cells, found 1");
    }
}
