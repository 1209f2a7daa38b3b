package com.listingsync.embedded.world;

import java.util.ArrayList;
import java.util.List;

/**
 * A row of the spreadsheet's first tab below its header. Immutable.
 *
 * @param cells from column A on; may end early, and is empty for a blank row
 */
public record SheetRow(List<Cell> cells) {
    public static final SheetRow BLANK = new SheetRow(List.of());

    public SheetRow {
        cells = List.copyOf(cells);
    }

    /** The text of the first cell; empty for a blank row. */
    public String propertyNumber() {
        return cell(0) instanceof Cell.Text text ? text.text() : "";
    }

    /** The cell of a column counted from 0; blank beyond the end. */
    public Cell cell(int column) {
        return column < cells.size() ? cells.get(column) : Cell.Blank.CELL;
    }

    SheetRow with(int column, Cell cell) {
        List<Cell> changed = new ArrayList<>(cells);
        while (changed.size() <= column) {
            changed.add(Cell.Blank.CELL);
        }
        changed.set(column, cell);
        return new SheetRow(changed);
    }
}
