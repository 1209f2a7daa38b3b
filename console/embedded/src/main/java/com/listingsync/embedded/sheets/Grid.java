package com.listingsync.embedded.sheets;

import com.listingsync.embedded.world.Cell;
import com.listingsync.embedded.world.SheetRow;
import com.listingsync.embedded.world.SheetSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * A tab of the spreadsheet at one moment.
 *
 * @param rows from row 1 on, fewer than {@code rowCount}
 */
record Grid(String title, int id, int rowCount, int columnCount, List<SheetRow> rows) {
    private static final int COLUMNS = 26;

    Grid {
        rows = List.copyOf(rows);
    }

    /** The listings, a tab with a few words for people, and an empty one. */
    static List<Grid> tabs(SheetSnapshot sheet) {
        List<SheetRow> rows = new ArrayList<>(sheet.rows().size() + 1);
        rows.add(new SheetRow(sheet.header().stream().map(Grid::text).toList()));
        rows.addAll(sheet.rows());
        int rowCount = Math.max(1_000, (rows.size() / 1_000 + 1) * 1_000);
        List<SheetRow> words = List.of(
                new SheetRow(List.of(text("Please don't rename the columns of Listings."))),
                SheetRow.BLANK,
                new SheetRow(List.of(text("Questions?"), text("Ask Amelia"))));
        return List.of(
                new Grid("Listings", 0, rowCount, COLUMNS, rows),
                new Grid("Read me", 812_305_417, 100, COLUMNS, words),
                new Grid("Empty", 1_290_044_861, 100, COLUMNS, List.of()));
    }

    SheetRow row(int index) {
        return index < rows.size() ? rows.get(index) : SheetRow.BLANK;
    }

    private static Cell text(String text) {
        return text.isEmpty() ? Cell.Blank.CELL : new Cell.Text(text);
    }
}
