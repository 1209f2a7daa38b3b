package com.listingsync.console.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.shell.TextTable;
import com.listingsync.console.verify.Difference.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a verification found. Times are milliseconds since 1970.
 *
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param tables what was found of each table
 * @param differences those that were looked at twice, at most 100,000; with their columns the first {@link #WITH_COLUMNS}
 * @param whole whether all rows were compared; a sample, a selection or an early end does not
 */
public record VerifyReport(
        long startedAt, long endedAt, Map<String, TableReport> tables, List<Difference> differences, boolean whole) {

    /** The columns that differ are found out for so many. */
    public static final int WITH_COLUMNS = 1_000;

    /**
     * What was found of a table.
     *
     * @param logged rows that the log wants to be there
     * @param found rows that Supabase has, not marked as deleted
     * @param differing how many differ, by kind
     */
    public record TableReport(long logged, long found, Map<Kind, Long> differing) {
        public TableReport {
            differing = Map.copyOf(differing);
        }

        public long count(Kind kind) {
            return differing.getOrDefault(kind, 0L);
        }

        public long differences() {
            return differing.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    public VerifyReport {
        tables = Collections.unmodifiableMap(new TreeMap<>(tables));
        differences = List.copyOf(differences);
    }

    /** Rows that differ in all. */
    public long differing() {
        return tables.values().stream().mapToLong(TableReport::differences).sum();
    }

    /** Rows that were compared. */
    public long compared() {
        return tables.values().stream()
                .mapToLong(table -> Math.max(table.logged(), table.found()))
                .sum();
    }

    /** Whether every row that was looked at is as the log says. */
    public boolean isInSync() {
        return differing() == 0;
    }

    /** For people. */
    public List<String> lines(int most) {
        TextTable table =
                new TextTable("table", "in the log", "in Supabase", "missing", "extra", "stale", "ahead", "different");
        tables.forEach((name, found) -> {
            List<String> cells = new ArrayList<>(List.of(name, number(found.logged()), number(found.found())));
            for (Kind kind : Kind.values()) {
                cells.add(number(found.count(kind)));
            }
            table.row(cells);
        });
        List<String> lines = new ArrayList<>(table.lines());
        differences.stream().limit(most).map(Difference::line).forEach(lines::add);
        if (differing() > Math.min(most, differences.size())) {
            lines.add("and " + number(differing() - Math.min(most, differences.size())) + " more");
        }
        lines.add(String.format(
                Locale.ROOT,
                "%s: %,d rows compared in %.1f s, %,d %s (%s)",
                isInSync() ? "in sync" : "not in sync",
                compared(),
                (endedAt - startedAt) / 1000.0,
                differing(),
                differing() == 1 ? "difference" : "differences",
                Instant.ofEpochMilli(endedAt).truncatedTo(ChronoUnit.SECONDS)));
        return lines;
    }

    /** For scripts, health and the API. */
    public ObjectNode json(int most) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("inSync", isInSync())
                .put("whole", whole)
                .put("startedAt", startedAt)
                .put("endedAt", endedAt)
                .put("compared", compared())
                .put("differing", differing());
        ObjectNode byTable = json.putObject("tables");
        tables.forEach((name, found) -> {
            ObjectNode one =
                    byTable.putObject(name).put("logged", found.logged()).put("found", found.found());
            for (Kind kind : Kind.values()) {
                one.put(kind.word(), found.count(kind));
            }
        });
        ArrayNode listed = json.putArray("differences");
        differences.stream().limit(most).map(Difference::json).forEach(listed::add);
        return json;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
