package com.listingsync.console.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.compare.CompareReport.Column;
import com.listingsync.console.compare.CompareReport.Sample;
import com.listingsync.console.compare.CompareReport.Table;
import com.listingsync.console.shell.TextTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison for people and for scripts. Stateless. */
public final class CompareText {

    /** Column names on one line. */
    private static final int NAMES = 12;

    private CompareText() {}

    /** For people. */
    public static List<String> lines(CompareReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("old: " + report.older());
        lines.add("new: " + report.newer());
        TextTable table = new TextTable(
                "table",
                "old rows",
                "new rows",
                "same",
                "different",
                "only formatting",
                "missing",
                "extra",
                "differing");
        for (Table one : report.tables()) {
            if (one.problem().isEmpty()) {
                table.row(List.of(
                        one.name(),
                        number(one.older()),
                        number(one.newer()),
                        number(one.same()),
                        number(one.different()),
                        number(one.onlyFormatting()),
                        number(one.missing()),
                        report.sample() > 0 ? "-" : number(one.extra()),
                        percent(one.share(one.differing()))));
            }
        }
        if (!table.isEmpty()) {
            lines.addAll(table.lines());
        }
        report.tables().forEach(one -> details(one, lines));
        lines.add(verdict(report));
        return lines;
    }

    private static void details(Table table, List<String> lines) {
        table.problem()
                .ifPresent(problem ->
                        lines.add(table.name() + " was not compared with " + table.oldName() + ": " + problem));
        TextTable columns =
                new TextTable("column of " + table.name(), "old column", "different", "only formatting", "of all rows");
        for (Column column : table.columns()) {
            if (column.different() > 0) {
                columns.row(List.of(
                        column.name(),
                        column.oldName(),
                        number(column.different()),
                        number(column.onlyFormatting()),
                        percent(table.share(column.different()))));
            }
        }
        if (!columns.isEmpty()) {
            lines.addAll(columns.lines());
        }
        for (Column column : table.columns()) {
            for (Sample sample : column.samples()) {
                lines.add("different " + table.name() + " " + sample.key() + "  " + column.name()
                        + sample.older()
                                .map(old -> ": " + old + " -> " + sample.newer().orElse(""))
                                .orElse("")
                        + (sample.onlyFormatting() ? "  (only formatting)" : ""));
            }
        }
        table.missingKeys().forEach(key -> lines.add("missing " + table.name() + " " + key));
        table.extraKeys().forEach(key -> lines.add("extra " + table.name() + " " + key));
        notCompared("only in the new " + table.name(), table.notInOld(), lines);
        notCompared("only in the old " + table.oldName(), table.notInNew(), lines);
    }

    private static void notCompared(String where, List<String> columns, List<String> lines) {
        if (!columns.isEmpty()) {
            int more = columns.size() - NAMES;
            lines.add("not compared, " + where + ": "
                    + String.join(", ", columns.subList(0, Math.min(NAMES, columns.size())))
                    + (more > 0 ? ", and " + more + " more (--json has them all)" : ""));
        }
    }

    static String verdict(CompareReport report) {
        String what = report.isSame() ? "the same" : report.differing() == 0 ? "not all compared" : "not the same";
        return String.format(
                Locale.ROOT,
                "%s: %,d rows compared in %.1f s%s, %,d differ (%s)",
                what,
                report.keys(),
                (report.endedAt() - report.startedAt()) / 1000.0,
                report.sample() > 0 ? " (a sample)" : "",
                report.differing(),
                Instant.ofEpochMilli(report.endedAt()).truncatedTo(ChronoUnit.SECONDS));
    }

    /** For scripts. */
    public static ObjectNode json(CompareReport report) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("same", report.isSame())
                .put("old", report.older())
                .put("new", report.newer())
                .put("startedAt", report.startedAt())
                .put("endedAt", report.endedAt())
                .put("sample", report.sample())
                .put("rows", report.keys())
                .put("differing", report.differing());
        ArrayNode tables = json.putArray("tables");
        report.tables().forEach(table -> tables.add(json(table)));
        return json;
    }

    private static ObjectNode json(Table table) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("table", table.name())
                .put("oldTable", table.oldName())
                .put("problem", table.problem().orElse(null))
                .put("oldRows", table.older())
                .put("newRows", table.newer())
                .put("same", table.same())
                .put("different", table.different())
                .put("onlyFormatting", table.onlyFormatting())
                .put("missing", table.missing())
                .put("extra", table.extra())
                .put("differingPercent", table.share(table.differing()));
        json.set("missingKeys", Json.MAPPER.valueToTree(table.missingKeys()));
        json.set("extraKeys", Json.MAPPER.valueToTree(table.extraKeys()));
        json.set("notInOld", Json.MAPPER.valueToTree(table.notInOld()));
        json.set("notInNew", Json.MAPPER.valueToTree(table.notInNew()));
        ArrayNode columns = json.putArray("columns");
        table.columns().forEach(column -> {
            ObjectNode one = columns.addObject()
                    .put("column", column.name())
                    .put("oldColumn", column.oldName())
                    .put("different", column.different())
                    .put("onlyFormatting", column.onlyFormatting());
            ArrayNode samples = one.putArray("samples");
            column.samples()
                    .forEach(sample -> samples.addObject()
                            .put("key", sample.key())
                            .put("old", sample.older().orElse(null))
                            .put("new", sample.newer().orElse(null))
                            .put("onlyFormatting", sample.onlyFormatting()));
        });
        return json;
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share);
    }
}
