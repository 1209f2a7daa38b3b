package com.listingsync.embedded.sheets;

import com.listingsync.embedded.world.Cell;
import com.listingsync.embedded.world.SheetRow;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tabs that somebody made by hand, beside those of the sample world. Thread-safe. */
final class HandmadeTabs {
    private static final int FIRST_ID = 500_000_001;
    private static final int LEAST_COLUMNS = 26;

    private final Map<String, List<SheetRow>> tabs = new LinkedHashMap<>();
    private long changes;

    /** How often they were changed by hand; a recalculation is no change. */
    synchronized long changes() {
        return changes;
    }

    synchronized void put(String title, List<? extends List<?>> rows) {
        changes++;
        tabs.put(title, rows.stream().map(HandmadeTabs::row).toList());
    }

    synchronized void recalculate(String title, List<? extends List<?>> rows) {
        require(title);
        tabs.put(title, rows.stream().map(HandmadeTabs::row).toList());
    }

    synchronized void rename(String title, String newTitle) {
        require(title);
        changes++;
        Map<String, List<SheetRow>> renamed = new LinkedHashMap<>();
        tabs.forEach((each, rows) -> renamed.put(each.equals(title) ? newTitle : each, rows));
        tabs.clear();
        tabs.putAll(renamed);
    }

    synchronized void remove(String title) {
        require(title);
        changes++;
        tabs.remove(title);
    }

    /** The tabs as they are now. */
    synchronized List<Grid> grids() {
        List<Grid> grids = new ArrayList<>();
        tabs.forEach((title, rows) -> {
            int columns =
                    rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
            grids.add(new Grid(
                    title,
                    FIRST_ID + grids.size(),
                    (rows.size() / 1_000 + 1) * 1_000,
                    Math.max(LEAST_COLUMNS, columns),
                    rows));
        });
        return grids;
    }

    private void require(String title) {
        if (!tabs.containsKey(title)) {
            throw new IllegalArgumentException(
                    "There is no tab made by hand named " + title + "; there are " + tabs.keySet());
        }
    }

    private static SheetRow row(List<?> cells) {
        List<Cell> row = new ArrayList<>();
        cells.forEach(cell -> row.add(cell(cell)));
        return new SheetRow(row);
    }

    private static Cell cell(@Nullable Object value) {
        if (value == null || value.equals("")) {
            return Cell.Blank.CELL;
        } else if (value instanceof Cell cell) {
            return cell;
        } else if (value instanceof Number number) {
            return new Cell.Amount(new BigDecimal(number.toString()), Cell.Format.PLAIN);
        } else if (value instanceof Boolean checked) {
            return new Cell.Flag(checked);
        } else if (value instanceof LocalDate date) {
            return new Cell.Day(date);
        } else if (value instanceof LocalDateTime time) {
            return new Cell.Moment(time);
        }
        return new Cell.Text(value.toString());
    }
}
