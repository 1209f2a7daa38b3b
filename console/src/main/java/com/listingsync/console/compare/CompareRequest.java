package com.listingsync.console.compare;

import com.listingsync.common.setting.SettingsException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be compared, and how.
 *
 * @param tables the new tables; empty for all of the mapping
 * @param keys columns of the new table that name a row; empty for those of the mapping
 * @param columns columns of the new table; empty for all that both sides have
 * @param oldNames what a column is called in the old table, by its name in the new one; the same when it is not here
 * @param ignored columns of the new table that are not compared
 * @param sample so many rows of each table, chosen at random from the old one; 0 for all
 * @param samples list so many examples of each kind
 * @param hidden whether values are left out of the examples
 */
public record CompareRequest(
        List<String> tables,
        List<String> keys,
        List<String> columns,
        Map<String, String> oldNames,
        Set<String> ignored,
        int sample,
        int samples,
        boolean hidden) {

    /** What two syncs never have in common: versions and times of their own. */
    public static final Set<String> USUALLY_IGNORED = Set.of("row_version", "created_at", "updated_at");

    public CompareRequest {
        tables = List.copyOf(tables);
        keys = List.copyOf(keys);
        columns = List.copyOf(columns);
        oldNames = Map.copyOf(oldNames);
        ignored = Set.copyOf(ignored);
        if (sample < 0 || samples < 0) {
            throw new SettingsException("--sample and --show: expected 0 or more");
        }
        if (tables.size() != 1 && !(keys.isEmpty() && columns.isEmpty() && oldNames.isEmpty())) {
            throw new SettingsException("--key, --columns and --map are about one table: name it with --table");
        }
    }
}
