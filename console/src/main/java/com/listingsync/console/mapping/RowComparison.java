package com.listingsync.console.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.ColumnMapping;
import com.listingsync.common.mapping.Computation;
import com.listingsync.common.mapping.TableMapping;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares an old row with the one that a mapping makes, column by column. Columns that the processor decides from more than the
 * record are left out: they are the same whatever the mapping. Immutable.
 *
 * @param columns names of the columns that are compared
 */
record RowComparison(List<String> columns) {

    /** Numbers are shown as they are written. */
    private static final ObjectReader EXACT =
            Json.MAPPER.reader().without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    RowComparison {
        columns = List.copyOf(columns);
    }

    /**
     * A column that would change.
     *
     * @param column its name
     * @param before its value as JSON; {@code nothing} when the old row has no such column
     * @param after its value as JSON
     */
    record Difference(String column, String before, String after) {}

    static RowComparison of(TableMapping table) {
        return new RowComparison(table.columns().stream()
                .filter(column -> comesFromTheRecord(table.entity(), column))
                .map(ColumnMapping::name)
                .toList());
    }

    List<Difference> differences(byte[] before, byte[] after) {
        JsonNode old = tree(before);
        JsonNode made = tree(after);
        List<Difference> differences = new ArrayList<>();
        for (String column : columns) {
            // A column that the old row does not have is null in the database.
            boolean bothNothing =
                    old.path(column).isMissingNode() && made.path(column).isNull();
            if (!bothNothing && !old.path(column).equals(made.path(column))) {
                differences.add(new Difference(column, text(old.path(column)), text(made.path(column))));
            }
        }
        return differences;
    }

    private static boolean comesFromTheRecord(Entity entity, ColumnMapping column) {
        return column.source()
                .fold(
                        fields -> true,
                        constant -> true,
                        concat -> true,
                        computed -> computed.name() == Computation.RECORD
                                || computed.name() == Computation.STATUS && entity == Entity.PROPERTY);
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }

    private static JsonNode tree(byte[] json) {
        try {
            return EXACT.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a row is JSON", e);
        }
    }
}
