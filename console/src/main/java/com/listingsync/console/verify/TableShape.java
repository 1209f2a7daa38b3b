package com.listingsync.console.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.mapping.ColumnMapping;
import com.listingsync.common.mapping.ColumnType;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.SystemTables;
import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.mapping.TableMapping;
import com.listingsync.common.wire.RowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table as a comparison needs to know it. Immutable.
 *
 * @param layout its columns
 * @param types what the columns hold, by name
 * @param entity wire name of the records its rows are made of; empty for a table of the sync itself
 */
public record TableShape(TableLayout layout, Map<String, ColumnType> types, Optional<String> entity) {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long FINAL_MIX = 0xff51afd7ed558ccdL;
    private static final int HALF = 32;

    private static final Map<String, ColumnType> SYSTEM_COLUMNS = Map.ofEntries(
            Map.entry("changed_at", ColumnType.TIMESTAMP),
            Map.entry("seen_at", ColumnType.TIMESTAMP),
            Map.entry("started_at", ColumnType.TIMESTAMP),
            Map.entry("completed_at", ColumnType.TIMESTAMP),
            Map.entry("finished_at", ColumnType.TIMESTAMP),
            Map.entry("error_details", ColumnType.JSON),
            Map.entry("details", ColumnType.JSON),
            Map.entry("total_items", ColumnType.INTEGER),
            Map.entry("success_count", ColumnType.INTEGER),
            Map.entry("failed_count", ColumnType.INTEGER),
            Map.entry("skipped_count", ColumnType.INTEGER),
            Map.entry("fetched", ColumnType.INTEGER),
            Map.entry("skipped", ColumnType.INTEGER),
            Map.entry("parked", ColumnType.INTEGER),
            Map.entry("written", ColumnType.INTEGER),
            Map.entry("unchanged", ColumnType.INTEGER),
            Map.entry("refused", ColumnType.INTEGER),
            Map.entry("row_version", ColumnType.INTEGER));

    public TableShape {
        types = Map.copyOf(types);
    }

    /** All tables by name: those of the mapping and those of the sync itself. */
    public static Map<String, TableShape> all(Mapping mapping) {
        Map<String, TableShape> shapes = new LinkedHashMap<>();
        for (TableMapping table : mapping.tables()) {
            Map<String, ColumnType> types = new HashMap<>();
            for (ColumnMapping column : table.columns()) {
                types.put(column.name(), column.type());
            }
            shapes.put(
                    table.layout().name(),
                    new TableShape(
                            table.layout(), types, Optional.of(table.entity().wireName())));
        }
        SystemTables.ALL.forEach(
                layout -> shapes.put(layout.name(), new TableShape(layout, SYSTEM_COLUMNS, Optional.empty())));
        return shapes;
    }

    public String name() {
        return layout.name();
    }

    /** The id of a row, as the log names it. */
    public String id(JsonNode row) {
        List<String> values = new ArrayList<>();
        layout.keyColumns().forEach(column -> values.add(row.path(column).asText()));
        return RowKey.idOf(values);
    }

    /** The version of a row; 0 when the table has none. */
    long version(JsonNode row) {
        return layout.guard().map(column -> row.path(column).asLong()).orElse(0L);
    }

    /** Whether a row is marked as deleted. */
    public boolean isDeleted(JsonNode row) {
        return layout.deletedAt().filter(column -> row.hasNonNull(column)).isPresent();
    }

    /** A fingerprint of all columns that rows carry, but the version. */
    long hash(JsonNode row) {
        long hash = FNV_OFFSET;
        for (String column : layout.columns()) {
            if (!isGuard(column)) {
                String text = Canonical.text(type(column), row.path(column));
                for (int i = 0; i < text.length(); i++) {
                    hash = (hash ^ text.charAt(i)) * FNV_PRIME;
                }
                hash = (hash ^ Character.MAX_VALUE) * FNV_PRIME;
            }
        }
        long mixed = (hash ^ hash >>> HALF) * FINAL_MIX;
        return mixed ^ mixed >>> HALF;
    }

    /** The columns in which two rows differ. */
    List<String> differing(JsonNode one, JsonNode other) {
        return layout.columns().stream()
                .filter(column -> !isGuard(column))
                .filter(column -> !Canonical.text(type(column), one.path(column))
                        .equals(Canonical.text(type(column), other.path(column))))
                .toList();
    }

    private boolean isGuard(String column) {
        return layout.guard().filter(column::equals).isPresent();
    }

    private ColumnType type(String column) {
        return types.getOrDefault(column, ColumnType.TEXT);
    }
}
