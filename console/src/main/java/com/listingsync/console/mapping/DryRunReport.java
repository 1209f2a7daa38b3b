package com.listingsync.console.mapping;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.mapping.RowComparison.Difference;
import com.listingsync.console.shell.TextTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a reprocess would do, counted per table, with a few rows of each kind. Confined to one thread. */
public final class DryRunReport {

    private static final int SAMPLES = 5;

    private final Map<String, Map<Fate, Long>> counts = new TreeMap<>();
    private final Map<String, Map<Fate, List<Sample>>> samples = new TreeMap<>();

    /** What would become of a row. */
    public enum Fate {
        SAME,
        CHANGED,
        APPEARING,
        GOING,
        REFUSED;

        String words() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Sample(String row, List<Difference> differences, String why) {}

    void row(String table, String row, List<Difference> differences) {
        add(table, differences.isEmpty() ? Fate.SAME : Fate.CHANGED, new Sample(row, differences, ""));
    }

    void appearing(String table, String row) {
        add(table, Fate.APPEARING, new Sample(row, List.of(), ""));
    }

    void going(String table, String row) {
        add(table, Fate.GOING, new Sample(row, List.of(), ""));
    }

    void refused(String table, String record, String why) {
        add(table, Fate.REFUSED, new Sample(record, List.of(), why));
    }

    /** How many rows of a table would meet this fate. */
    public long count(String table, Fate fate) {
        return counts.getOrDefault(table, Map.of()).getOrDefault(fate, 0L);
    }

    /** How many rows would be other than they are, all tables together. */
    public long changes() {
        return counts.values().stream()
                .flatMap(fates -> fates.entrySet().stream())
                .filter(fate -> fate.getKey() != Fate.SAME && fate.getKey() != Fate.REFUSED)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** The report for people. */
    public List<String> lines() {
        TextTable table = new TextTable("table", "same", "changed", "appearing", "going", "refused");
        counts.forEach((name, fates) -> {
            List<String> cells = new ArrayList<>(List.of(name));
            for (Fate fate : Fate.values()) {
                cells.add(Long.toString(fates.getOrDefault(fate, 0L)));
            }
            table.row(cells);
        });
        List<String> lines = new ArrayList<>(table.lines());
        samples.forEach((name, fates) -> fates.forEach((fate, some) -> {
            for (Sample sample : some) {
                lines.add(fate.words() + " " + name + " " + sample.row()
                        + (sample.why().isEmpty() ? "" : ": " + sample.why()));
                for (Difference difference : sample.differences()) {
                    lines.add("  " + difference.column() + ": " + difference.before() + " -> " + difference.after());
                }
            }
        }));
        lines.add("nothing was written; " + changes() + (changes() == 1 ? " row" : " rows") + " would change");
        return lines;
    }

    /**
     * The report for scripts: {@code wouldChange} and per table the counts {@code same, changed, appearing, going, refused} and
     * {@code samples}.
     */
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("wouldChange", changes());
        ObjectNode tables = json.putObject("tables");
        counts.forEach((name, fates) -> {
            ObjectNode table = tables.putObject(name);
            for (Fate fate : Fate.values()) {
                table.put(fate.words(), fates.getOrDefault(fate, 0L));
            }
            ArrayNode some = table.putArray("samples");
            samples.getOrDefault(name, Map.of())
                    .forEach((fate, of) -> of.forEach(sample -> some.add(json(fate, sample))));
        });
        return json;
    }

    private static ObjectNode json(Fate fate, Sample sample) {
        ObjectNode json =
                Json.MAPPER.createObjectNode().put("fate", fate.words()).put("row", sample.row());
        if (!sample.why().isEmpty()) {
            json.put("why", sample.why());
        }
        ObjectNode columns = json.putObject("columns");
        for (Difference difference : sample.differences()) {
            columns.putObject(difference.column())
                    .put("before", difference.before())
                    .put("after", difference.after());
        }
        return json;
    }

    private void add(String table, Fate fate, Sample sample) {
        counts.computeIfAbsent(table, t -> new EnumMap<>(Fate.class)).merge(fate, 1L, Long::sum);
        if (fate == Fate.SAME) {
            return;
        }
        List<Sample> some = samples.computeIfAbsent(table, t -> new EnumMap<>(Fate.class))
                .computeIfAbsent(fate, f -> new ArrayList<>());
        if (some.size() < SAMPLES) {
            some.add(sample);
        }
    }
}
