package com.listingsync.embedded.sheets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of a range as JSON: trailing empty cells and rows are left out, and {@code values} is absent when nothing is
 * left (facts.md §2).
 */
final class ValueRange {
    /** {@code majorDimension}. */
    enum Major {
        ROWS,
        COLUMNS
    }

    private ValueRange() {}

    static ObjectNode json(A1Range range, Rendering rendering, Major major) {
        List<List<JsonNode>> lines = new ArrayList<>();
        int outerFirst = major == Major.ROWS ? range.firstRow() : range.firstColumn();
        int outerLast = major == Major.ROWS ? lastUsedRow(range) : range.lastColumn();
        for (int outer = outerFirst; outer <= outerLast; outer++) {
            lines.add(trimmed(major == Major.ROWS ? row(range, rendering, outer) : column(range, rendering, outer)));
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("range", range.text()).put("majorDimension", major.name());
        if (!lines.isEmpty()) {
            ArrayNode values = json.putArray("values");
            lines.forEach(line -> values.addArray().addAll(line));
        }
        return json;
    }

    private static int lastUsedRow(A1Range range) {
        return Math.min(range.lastRow(), range.grid().rows().size() - 1);
    }

    private static List<JsonNode> row(A1Range range, Rendering rendering, int row) {
        List<JsonNode> cells = new ArrayList<>();
        for (int column = range.firstColumn(); column <= range.lastColumn(); column++) {
            cells.add(rendering.cell(range.grid().row(row), row, column));
        }
        return cells;
    }

    private static List<JsonNode> column(A1Range range, Rendering rendering, int column) {
        List<JsonNode> cells = new ArrayList<>();
        for (int row = range.firstRow(); row <= lastUsedRow(range); row++) {
            cells.add(rendering.cell(range.grid().row(row), row, column));
        }
        return cells;
    }

    private static List<JsonNode> trimmed(List<JsonNode> cells) {
        int size = cells.size();
        while (size > 0
                && cells.get(size - 1).isTextual()
                && cells.get(size - 1).textValue().isEmpty()) {
            size--;
        }
        return cells.subList(0, size);
    }
}
