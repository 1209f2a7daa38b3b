package com.listingsync.console.compare;

import com.listingsync.common.mapping.ColumnType;
import com.listingsync.common.mapping.TableLayout;
import com.listingsync.console.verify.TableShape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Two tables that are to hold the same.
 *
 * @param table the new one
 * @param oldTable the old one
 * @param keys columns that name a row, as pairs; at least one
 * @param columns what is compared, as pairs; without the keys
 * @param deletedAt the new table's column that marks a deleted row; empty when it has none
 * @param oldDeletedAt the old table's; empty when it has none
 * @param onlyNew columns that the old table does not have
 * @param onlyOld columns that the new table does not have
 */
record TablePair(
        String table,
        String oldTable,
        List<Column> keys,
        List<Column> columns,
        Optional<String> deletedAt,
        Optional<String> oldDeletedAt,
        List<String> onlyNew,
        List<String> onlyOld) {

    /**
     * A column on both sides.
     *
     * @param name the new table's
     * @param old the old table's
     * @param type what it holds
     */
    record Column(String name, String old, ColumnType type) {}

    TablePair {
        keys = List.copyOf(keys);
        columns = List.copyOf(columns);
        onlyNew = List.copyOf(onlyNew);
        onlyOld = List.copyOf(onlyOld);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("rows of table " + table + " need a key to be found by");
        }
    }

    /** The new table as a reader needs to know it. */
    TableShape shape() {
        return shape(table, keys.stream().map(Column::name).toList(), names(false), deletedAt);
    }

    /** The old one. */
    TableShape oldShape() {
        return shape(oldTable, keys.stream().map(Column::old).toList(), names(true), oldDeletedAt);
    }

    private List<String> names(boolean old) {
        return columns.stream().map(old ? Column::old : Column::name).toList();
    }

    private static TableShape shape(String table, List<String> keys, List<String> columns, Optional<String> deletedAt) {
        Set<String> all = new LinkedHashSet<>(keys);
        all.addAll(columns);
        deletedAt.ifPresent(all::add);
        TableLayout layout = new TableLayout(table, keys, List.copyOf(all), Optional.empty(), deletedAt, 0);
        return new TableShape(layout, Map.of(), Optional.empty());
    }
}
