package com.listingsync.producer.connection;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * One tab of a spreadsheet.
 *
 * @param feed its name as a feed
 * @param title the tab's title in the spreadsheet
 * @param headerRow number of the row that holds the headers, from 1; empty to take the first of the tab's rows in which a
 *     key header stands. Rows above it are titles and are not read
 * @param columns what its columns mean
 * @param formulaErrors what becomes of rows with formula errors
 */
public record SheetTab(
        String feed, String title, OptionalInt headerRow, SheetColumns columns, FormulaErrors formulaErrors) {

    public SheetTab {
        Objects.requireNonNull(columns, "columns");
        Objects.requireNonNull(formulaErrors, "formulaErrors");
        if (feed.isBlank() || title.isBlank() || headerRow.orElse(1) < 1) {
            throw new IllegalArgumentException("a tab needs a title, and a header row from 1");
        }
    }
}
