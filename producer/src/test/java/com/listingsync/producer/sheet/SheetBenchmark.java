package com.listingsync.producer.sheet;

import com.listingsync.common.run.FeedName;
import com.listingsync.producer.connection.FormulaErrors;
import com.listingsync.producer.connection.SheetColumns;
import com.listingsync.producer.connection.SheetTab;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What comparing a whole sheet costs once its cells are here: CPU time and memory of a thread, for 10,000 rows of 20 columns.
 * Prints a line per round; the first rounds warm up.
 */
public final class SheetBenchmark {

    private static final int ROWS = 10_000;
    private static final int COLUMNS = 20;
    private static final int ROUNDS = 12;
    private static final FeedName FEED = new FeedName("office", "Listings");

    private SheetBenchmark() {}

    public static void main(String[] arguments) {
        SheetTab tab = new SheetTab(
                "Listings",
                "Listings",
                OptionalInt.empty(),
                SheetColumns.of(List.of("Column 0"), List.of("Column 7")),
                FormulaErrors.REFUSE);
        List<List<Object>> cells = cells();
        Map<String, KnownRow> known = new HashMap<>();
        SheetTable.of(tab, cells, ZoneId.of("America/Toronto"))
                .rows()
                .forEach((number, row) -> known.put(number, KnownRow.of(row, FEED)));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        for (int round = 0; round < ROUNDS; round++) {
            long cpu = threads.getCurrentThreadCpuTime();
            long bytes = threads.getThreadAllocatedBytes(self);
            SheetTable table = SheetTable.of(tab, cells, ZoneId.of("America/Toronto"));
            SheetChanges changes = SheetChanges.of(FEED, table, Set.of(), known, 0.5, false);
            System.out.printf(
                    "%,d rows, %,d unchanged: %,d ms CPU, %,d MiB allocated%n",
                    table.rows().size(),
                    changes.unchanged(),
                    (threads.getCurrentThreadCpuTime() - cpu) / 1_000_000,
                    (threads.getThreadAllocatedBytes(self) - bytes) >> 20);
        }
    }

    private static List<List<Object>> cells() {
        List<List<Object>> cells = new ArrayList<>();
        List<Object> header = new ArrayList<>();
        for (int column = 0; column < COLUMNS; column++) {
            header.add("Column " + column);
        }
        cells.add(header);
        for (int row = 0; row < ROWS; row++) {
            List<Object> of = new ArrayList<>();
            for (int column = 0; column < COLUMNS; column++) {
                of.add(column % 3 == 1 ? new BigDecimal(row * 100 + column) : "row " + row + " column " + column);
            }
            cells.add(of);
        }
        return cells;
    }
}
