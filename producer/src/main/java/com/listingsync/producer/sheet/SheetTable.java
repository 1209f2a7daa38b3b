package com.listingsync.producer.sheet;

import com.fasterxml.jackson.core.JsonGenerator;
import com.listingsync.common.wire.Json;
import com.listingsync.producer.connection.SheetTab;
import com.listingsync.producer.publish.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A tab as rows. Immutable and pure.
 *
 * @param rows its rows by property number; of equal numbers, the last
 * @param bad rows that can't be emitted
 * @param problem why the tab can't be read at all, in words; empty when it can
 */
record SheetTable(Map<String, SheetRow> rows, List<BadRow> bad, Optional<String> problem) {

    /** The field under which the key column is emitted, whatever its header. */
    static final String KEY_FIELD = "property_number";

    /**
     * Reads a tab.
     *
     * @param cells rows of cells from the first row of the tab on, ragged; blank rows may stand between others
     * @param zone in which dates are meant
     */
    static SheetTable of(SheetTab tab, List<List<Object>> cells, ZoneId zone) {
        if (cells.size() < tab.headerRow()) {
            return unreadable(tab, "is empty: expected headers in row " + tab.headerRow());
        }
        Headers headers = Headers.of(cells.get(tab.headerRow() - 1));
        OptionalInt key = headers.column(tab.keyHeaders());
        if (key.isEmpty()) {
            return unreadable(
                    tab,
                    "has no column for the property number: expected one of the headers "
                            + String.join(", ", tab.keyHeaders()) + " in row " + tab.headerRow());
        }
        Reading reading = new Reading(tab, headers, key.getAsInt(), zone);
        for (int i = tab.headerRow(); i < cells.size(); i++) {
            reading.row(i + 1, cells.get(i));
        }
        return new SheetTable(reading.rows, reading.bad, Optional.empty());
    }

    /** This tab without the rows that another one holds; they are bad rows of this one. */
    SheetTable without(Set<String> others) {
        Map<String, SheetRow> kept = new LinkedHashMap<>(rows);
        List<BadRow> all = new ArrayList<>(bad);
        rows.forEach((number, row) -> {
            if (others.contains(number)) {
                kept.remove(number);
                all.add(new BadRow(
                        0,
                        Refusal.DUPLICATE_KEY,
                        "the property number of this row stands in a later tab too, which wins",
                        row.payload()));
            }
        });
        return new SheetTable(kept, all, problem);
    }

    /** The rows whose property number or link is one of these. */
    SheetTable only(Set<String> keys) {
        Map<String, SheetRow> kept = new LinkedHashMap<>(rows);
        kept.values()
                .removeIf(row -> !keys.contains(row.propertyNumber())
                        && row.link().filter(keys::contains).isEmpty());
        return new SheetTable(kept, List.of(), problem);
    }

    private static SheetTable unreadable(SheetTab tab, String why) {
        return new SheetTable(
                Map.of(), List.of(), Optional.of("tab '" + tab.title() + "' " + why + "; nothing is deleted"));
    }

    private static final class Reading {
        private final Headers headers;
        private final int keyColumn;
        private final OptionalInt linkColumn;
        private final Set<Integer> dateColumns = new HashSet<>();
        private final ZoneId zone;
        private final Map<String, SheetRow> rows = new LinkedHashMap<>();
        private final Map<String, Integer> numbers = new LinkedHashMap<>();
        private final List<BadRow> bad = new ArrayList<>();

        Reading(SheetTab tab, Headers headers, int keyColumn, ZoneId zone) {
            this.headers = headers;
            this.keyColumn = keyColumn;
            this.linkColumn = headers.column(tab.linkHeaders());
            this.zone = zone;
            for (String header : tab.dateHeaders()) {
                headers.column(List.of(header)).ifPresent(dateColumns::add);
            }
        }

        void row(int number, List<Object> cells) {
            if (cells.stream().allMatch(CellValue::isBlank)) {
                return;
            }
            String propertyNumber = text(cells, keyColumn);
            byte[] payload = payload(cells);
            // A formula in the key column that fails shows an error such as #REF!, which identifies nothing.
            if (propertyNumber.isEmpty() || propertyNumber.startsWith("#")) {
                bad.add(new BadRow(number, Refusal.NO_KEY, "row " + number + " has no property number", payload));
                return;
            }
            Optional<String> link = linkColumn.isEmpty()
                    ? Optional.empty()
                    : Optional.of(text(cells, linkColumn.getAsInt()))
                            .filter(key -> !key.isEmpty() && !key.startsWith("#"));
            SheetRow before = rows.remove(propertyNumber);
            if (before != null) {
                int earlier = numbers.getOrDefault(propertyNumber, 0);
                bad.add(new BadRow(
                        earlier,
                        Refusal.DUPLICATE_KEY,
                        "row " + earlier + " has the property number of row " + number + ", which wins",
                        before.payload()));
            }
            rows.put(propertyNumber, SheetRow.of(propertyNumber, link, payload));
            numbers.put(propertyNumber, number);
        }

        private static String text(List<Object> cells, int column) {
            return column < cells.size() ? CellValue.text(cells.get(column)).strip() : "";
        }

        private byte[] payload(List<Object> cells) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
            try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
                json.writeStartObject();
                for (int i = 0; i < Math.min(cells.size(), headers.fields().size()); i++) {
                    Object cell = cells.get(i);
                    String field = i == keyColumn ? KEY_FIELD : headers.fields().get(i);
                    if (!field.isEmpty() && !CellValue.isBlank(cell)) {
                        json.writeFieldName(field);
                        write(json, i, cell);
                    }
                }
                json.writeEndObject();
            } catch (IOException e) {
                throw new IllegalStateException("writing to memory can't fail", e);
            }
            return bytes.toByteArray();
        }

        private void write(JsonGenerator json, int column, Object cell) throws IOException {
            if (column == keyColumn) {
                json.writeString(CellValue.text(cell).strip());
            } else {
                CellValue.write(dateColumns.contains(column) ? CellValue.date(cell, zone) : cell, json);
            }
        }
    }
}
