package com.listingsync.producer.sheet;

import com.listingsync.producer.connection.SheetTab;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All tabs of a spreadsheet at one moment, by feed. A property number that stands in several is left to the last of them.
 * Immutable and pure.
 */
record TabTables(Map<String, SheetTable> tables) {

    TabTables {
        tables = Map.copyOf(tables);
    }

    /**
     * Puts the tabs together.
     *
     * @param cells of those tabs that the spreadsheet has, by feed
     */
    static TabTables of(List<SheetTab> tabs, SpreadsheetLayout layout, Map<String, List<List<Object>>> cells) {
        Map<String, SheetTable> tables = new HashMap<>();
        Set<String> later = new HashSet<>();
        for (int i = tabs.size() - 1; i >= 0; i--) {
            SheetTab tab = tabs.get(i);
            List<List<Object>> of = cells.get(tab.feed());
            SheetTable table = of == null
                    ? SheetTable.unreadable(
                            tab,
                            "is not in the spreadsheet (renamed, deleted, or a chart); it has "
                                    + layout.tabs().stream()
                                            .map(title -> "'" + title + "'")
                                            .collect(Collectors.joining(", ")))
                    : SheetTable.of(tab, of, layout.zone()).without(later, tab);
            later.addAll(table.numbers());
            tables.put(tab.feed(), table);
        }
        return new TabTables(tables);
    }

    /**
     * The tab of a feed. Rows it does not have are not known to be gone while another tab, which may have them, can't be
     * told.
     */
    SheetTable of(String feed) {
        SheetTable table = Objects.requireNonNull(tables.get(feed), feed);
        Optional<String> others = tables.entrySet().stream()
                .filter(other -> !other.getKey().equals(feed))
                .flatMap(other -> other
                        .getValue()
                        .problem()
                        .map(problem -> "another tab can't be read")
                        .or(() -> other.getValue().hold())
                        .stream())
                .findFirst();
        return new SheetTable(
                table.rows(), table.standing(), table.bad(), table.hold().or(() -> others), table.problem());
    }

    /** Property numbers that stand in other tabs. */
    Set<String> elsewhere(String feed) {
        Set<String> numbers = new HashSet<>();
        tables.forEach((other, table) -> {
            if (!other.equals(feed)) {
                numbers.addAll(table.numbers());
            }
        });
        return numbers;
    }
}
