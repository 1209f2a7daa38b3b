package com.listingsync.console.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.mapping.ColumnType;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.compare.TablePair.Column;
import com.listingsync.console.verify.TableShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which columns of two tables belong together. Pure. */
final class Pairing {

    private Pairing() {}

    /**
     * The pair of a new table and an old one.
     *
     * @param oldRow any row of the old table, with all its columns; empty when it has no rows
     * @throws SettingsException when a column that was named is not there
     */
    static TablePair of(CompareRequest request, TableShape shape, String oldTable, Optional<JsonNode> oldRow) {
        Map<String, String> names = request.oldNames();
        List<String> keyNames = request.keys().isEmpty() ? shape.layout().keyColumns() : request.keys();
        Set<String> known = new HashSet<>(shape.layout().columns());
        request.oldNames().keySet().forEach(column -> require(column, known, "--map", shape.name()));
        request.columns().forEach(column -> require(column, known, "--columns", shape.name()));
        keyNames.forEach(column -> require(column, known, "--key", shape.name()));
        Set<String> there = new TreeSet<>();
        oldRow.ifPresent(row -> row.fieldNames().forEachRemaining(there::add));
        List<Column> columns = new ArrayList<>();
        List<String> onlyNew = new ArrayList<>();
        for (String column : request.columns().isEmpty() ? shape.layout().columns() : request.columns()) {
            boolean mark = shape.layout().deletedAt().filter(column::equals).isPresent();
            if (keyNames.contains(column) || request.ignored().contains(column) || mark) {
                continue;
            }
            String old = names.getOrDefault(column, column);
            if (oldRow.isEmpty() || there.contains(old)) {
                columns.add(column(shape, column, names));
            } else if (names.containsKey(column) || request.columns().contains(column)) {
                throw new SettingsException("the old table " + oldTable + " has no column '" + old + "'; it has "
                        + String.join(", ", there));
            } else {
                onlyNew.add(column);
            }
        }
        List<Column> keys =
                keyNames.stream().map(name -> column(shape, name, names)).toList();
        if (oldRow.isPresent()) {
            for (Column key : keys) {
                if (!there.contains(key.old())) {
                    throw new SettingsException("the old table " + oldTable + " has no column '" + key.old()
                            + "' to find rows by; name it with --map " + key.name()
                            + "=OLD, or another one with --key; it has " + String.join(", ", there));
                }
            }
        }
        Set<String> onlyOld = new TreeSet<>(there);
        columns.forEach(column -> onlyOld.remove(column.old()));
        keys.forEach(column -> onlyOld.remove(column.old()));
        onlyOld.removeAll(request.ignored());
        Optional<String> mark = shape.layout().deletedAt();
        Optional<String> oldMark =
                mark.map(name -> names.getOrDefault(name, name)).filter(there::contains);
        oldMark.ifPresent(onlyOld::remove);
        return new TablePair(shape.name(), oldTable, keys, columns, mark, oldMark, onlyNew, List.copyOf(onlyOld));
    }

    private static Column column(TableShape shape, String name, Map<String, String> names) {
        return new Column(name, names.getOrDefault(name, name), shape.types().getOrDefault(name, ColumnType.TEXT));
    }

    private static void require(String column, Set<String> known, String option, String table) {
        if (!known.contains(column)) {
            throw new SettingsException(option + ": table " + table + " has no column '" + column
                    + "' in the mapping; it has " + String.join(", ", new TreeSet<>(known)));
        }
    }
}
