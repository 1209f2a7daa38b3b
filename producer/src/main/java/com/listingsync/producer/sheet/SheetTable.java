package com.listingsync.producer.sheet;

import com.listingsync.producer.connection.SheetTab;
import com.listingsync.producer.publish.Refusal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tab as rows. Immutable and pure.
 *
 * @param rows its rows by property number; of equal numbers, the last
 * @param standing property numbers of rows that stand in the tab and can't be emitted now: they are not gone
 * @param bad rows that can't be emitted
 * @param hold why a row that is not found may be there all the same, in words; empty when all rows could be told
 * @param problem why the tab can't be read at all, in words; empty when it can
 */
record SheetTable(
        Map<String, SheetRow> rows,
        Set<String> standing,
        List<BadRow> bad,
        Optional<String> hold,
        Optional<String> problem) {

    /** The field under which the key column is emitted, whatever its header. */
    static final String KEY_FIELD = "property_number";

    /**
     * Reads a tab.
     *
     * @param cells rows of cells from the first row of the tab on, ragged; blank rows may stand between others
     * @param zone in which dates are meant
     */
    static SheetTable of(SheetTab tab, List<List<Object>> cells, ZoneId zone) {
        try {
            HeaderRow header = HeaderRow.of(tab, cells);
            RowReading reading = new RowReading(tab, header, zone);
            for (int i = header.index() + 1; i < cells.size(); i++) {
                reading.row(i + 1, cells.get(i));
            }
            return reading.table();
        } catch (HeaderRow.MissingException e) {
            // Nothing of the tab is read or deleted; the run and health say why.
            return unreadable(tab, String.valueOf(e.getMessage()));
        }
    }

    /** A tab that can't be read, for a reason in words that follow its title. */
    static SheetTable unreadable(SheetTab tab, String why) {
        return new SheetTable(
                Map.of(),
                Set.of(),
                List.of(),
                Optional.empty(),
                Optional.of("tab '" + tab.title() + "' " + why + "; nothing is deleted"));
    }

    /** This tab without the rows that another one holds; they are bad rows of this one. */
    SheetTable without(Set<String> others, SheetTab tab) {
        Map<String, SheetRow> kept = new LinkedHashMap<>(rows);
        List<BadRow> all = new ArrayList<>(bad);
        rows.forEach((number, row) -> {
            if (others.contains(number)) {
                kept.remove(number);
                all.add(new BadRow(
                        Optional.of(number),
                        Refusal.DUPLICATE_KEY,
                        Optional.empty(),
                        "tab '" + tab.title() + "' has property number " + number
                                + ", which stands in a later tab too; that one wins",
                        row.payload()));
            }
        });
        return new SheetTable(kept, standing, all, hold, problem);
    }

    /** The rows whose property number or link is one of these. */
    SheetTable only(Set<String> keys) {
        Map<String, SheetRow> kept = new LinkedHashMap<>(rows);
        kept.values()
                .removeIf(row -> !keys.contains(row.propertyNumber())
                        && row.link().filter(keys::contains).isEmpty());
        return new SheetTable(kept, standing, List.of(), hold, problem);
    }

    /** Every property number that stands in the tab. */
    Set<String> numbers() {
        Set<String> numbers = new HashSet<>(rows.keySet());
        numbers.addAll(standing);
        return numbers;
    }
}
