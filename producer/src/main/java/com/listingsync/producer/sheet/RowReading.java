package com.listingsync.producer.sheet;

import com.fasterxml.jackson.core.JsonGenerator;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.producer.connection.FormulaErrors;
import com.listingsync.producer.connection.SheetColumns;
import com.listingsync.producer.connection.SheetTab;
import com.listingsync.producer.publish.Refusal;
import com.listingsync.producer.publish.SourceRecord;
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

/** The reading of one tab's rows, from the top down. Confined to one thread. */
final class RowReading {

    private final SheetTab tab;
    private final List<String> fields;
    private final int keyColumn;
    private final OptionalInt linkColumn;
    private final Set<Integer> dayColumns;
    private final Set<Integer> momentColumns;
    private final ZoneId zone;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final List<BadRow> bad = new ArrayList<>();
    private int unknown;

    /**
     * A row with a property number.
     *
     * @param number of the row in the tab, from 1
     * @param fault why it can't be emitted; empty when it can
     */
    private record Found(int number, SheetRow row, Optional<Fault> fault) {}

    /**
     * Why a row with a property number can't be emitted; the row as it was last read stays.
     *
     * @param code of its dead letter
     * @param column at fault; empty when it is not one
     * @param words that follow the row's number
     */
    private record Fault(String code, Optional<String> column, String words) {}

    RowReading(SheetTab tab, HeaderRow header, ZoneId zone) {
        SheetColumns columns = tab.columns();
        this.tab = tab;
        this.keyColumn = header.key();
        this.linkColumn = header.headers().column(columns.link());
        this.dayColumns = columns(header.headers(), columns.dates());
        this.momentColumns = columns(header.headers(), columns.times());
        this.zone = zone;
        List<String> named = new ArrayList<>(header.headers().named(columns).fields());
        named.set(keyColumn, SheetTable.KEY_FIELD);
        this.fields = List.copyOf(named);
    }

    /** Takes the next row. */
    void row(int number, List<Object> cells) {
        if (cells.stream().allMatch(CellValue::isBlank)) {
            return;
        }
        String propertyNumber = text(cells, keyColumn);
        byte[] payload = payload(cells);
        if (propertyNumber.isEmpty() || CellValue.isFormulaError(propertyNumber)) {
            withoutNumber(number, propertyNumber, payload);
            return;
        }
        if (!SourceKey.fits(propertyNumber)) {
            bad.add(new BadRow(
                    Optional.empty(),
                    Refusal.KEY_TOO_LONG,
                    Optional.of(SheetTable.KEY_FIELD),
                    at(number) + " has a property number longer than " + SourceKey.MOST_BYTES + " bytes",
                    payload));
            return;
        }
        Optional<String> link = linkColumn.isEmpty()
                ? Optional.empty()
                : Optional.of(text(cells, linkColumn.getAsInt())).filter(key -> !key.isEmpty());
        SheetRow row = SheetRow.of(propertyNumber, link, tab.columns().linkBy(), payload);
        Found before = found.remove(propertyNumber);
        if (before != null) {
            duplicate(before, number);
        }
        found.put(propertyNumber, new Found(number, row, fault(cells, row)));
    }

    /** The rows taken, as a table. */
    SheetTable table() {
        Map<String, SheetRow> rows = new LinkedHashMap<>();
        Set<String> standing = new HashSet<>();
        found.forEach((number, row) -> {
            if (row.fault().isEmpty()) {
                rows.put(number, row.row());
            } else {
                Fault fault = row.fault().get();
                standing.add(number);
                bad.add(new BadRow(
                        Optional.of(number),
                        fault.code(),
                        fault.column(),
                        at(row.number()) + ", property number " + number + ", " + fault.words()
                                + "; the row as it was last read stays",
                        row.row().payload()));
            }
        });
        Optional<String> hold = unknown == 0
                ? Optional.empty()
                : Optional.of(unknown + " rows of tab '" + tab.title()
                        + "' show a formula error instead of their property number");
        return new SheetTable(rows, standing, bad, hold, Optional.empty());
    }

    private void withoutNumber(int number, String shown, byte[] payload) {
        if (shown.isEmpty()) {
            bad.add(new BadRow(
                    Optional.empty(),
                    Refusal.NO_KEY,
                    Optional.empty(),
                    at(number) + " has no property number",
                    payload));
            return;
        }
        unknown++;
        bad.add(new BadRow(
                Optional.empty(),
                Refusal.FORMULA_ERROR,
                Optional.of(SheetTable.KEY_FIELD),
                at(number) + " shows a formula error instead of its property number",
                payload));
    }

    private void duplicate(Found loser, int winner) {
        String number = loser.row().propertyNumber();
        bad.add(new BadRow(
                Optional.of(number),
                Refusal.DUPLICATE_KEY,
                Optional.empty(),
                at(loser.number()) + " has property number " + number + ", which stands in row " + winner
                        + " too; the last wins",
                loser.row().payload()));
    }

    private Optional<Fault> fault(List<Object> cells, SheetRow row) {
        Optional<String> error = error(cells);
        if (error.isPresent()) {
            return Optional.of(
                    new Fault(Refusal.FORMULA_ERROR, error, "shows a formula error in column " + error.get()));
        }
        if (!row.link().map(SourceKey::fits).orElse(true)) {
            return Optional.of(new Fault(
                    Refusal.KEY_TOO_LONG,
                    Optional.of(fields.get(linkColumn.getAsInt())),
                    "is linked to a key longer than " + SourceKey.MOST_BYTES + " bytes"));
        }
        return row.payload().length <= SourceRecord.MOST_VALUE_BYTES
                ? Optional.empty()
                : Optional.of(new Fault(
                        Refusal.TOO_LARGE,
                        Optional.empty(),
                        "is larger than " + SourceRecord.MOST_VALUE_BYTES + " bytes"));
    }

    /** The first column that shows an error. A link that can't be told is always a fault: without it the row would change its listing. */
    private Optional<String> error(List<Object> cells) {
        for (int column = 0; column < Math.min(cells.size(), fields.size()); column++) {
            boolean counts = tab.formulaErrors() == FormulaErrors.REFUSE
                    ? !fields.get(column).isEmpty()
                    : linkColumn.equals(OptionalInt.of(column));
            if (counts && CellValue.isFormulaError(cells.get(column))) {
                return Optional.of(fields.get(column));
            }
        }
        return Optional.empty();
    }

    private byte[] payload(List<Object> cells) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
            json.writeStartObject();
            for (int column = 0; column < Math.min(cells.size(), fields.size()); column++) {
                Object cell = cells.get(column);
                if (!fields.get(column).isEmpty() && !isLeftOut(cell)) {
                    json.writeFieldName(fields.get(column));
                    write(json, column, cell);
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory can't fail", e);
        }
        return bytes.toByteArray();
    }

    private boolean isLeftOut(Object cell) {
        return CellValue.isBlank(cell)
                || (tab.formulaErrors() == FormulaErrors.BLANK && CellValue.isFormulaError(cell));
    }

    private void write(JsonGenerator json, int column, Object cell) throws IOException {
        if (column == keyColumn) {
            json.writeString(CellValue.text(cell).strip());
        } else if (momentColumns.contains(column)) {
            CellValue.write(SerialDate.moment(cell, zone), json);
        } else {
            CellValue.write(dayColumns.contains(column) ? SerialDate.day(cell, zone) : cell, json);
        }
    }

    private String at(int number) {
        return "tab '" + tab.title() + "', row " + number;
    }

    private static String text(List<Object> cells, int column) {
        return column < cells.size() ? CellValue.text(cells.get(column)).strip() : "";
    }

    private static Set<Integer> columns(Headers headers, List<String> names) {
        Set<Integer> columns = new HashSet<>();
        for (String name : names) {
            headers.column(List.of(name)).ifPresent(columns::add);
        }
        return columns;
    }
}
