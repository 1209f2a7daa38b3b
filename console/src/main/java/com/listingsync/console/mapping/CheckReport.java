package com.listingsync.console.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.mapping.MappingCheck;
import com.listingsync.common.mapping.MappingProblem;
import com.listingsync.common.wire.Json;
import com.listingsync.processor.map.Admission;
import com.listingsync.processor.map.MappedRow;
import com.listingsync.processor.map.TrialMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code mapping check} has to say, for people and for scripts. Immutable.
 *
 * @param file name of what was checked
 * @param check what was found in it
 * @param trials what it made of sample records; empty when there were none, or it can't be used
 */
public record CheckReport(String file, MappingCheck check, List<Trial> trials) {

    /** Numbers are shown as they are written. */
    private static final ObjectReader EXACT =
            Json.MAPPER.reader().without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    public CheckReport {
        trials = List.copyOf(trials);
    }

    /** Whether the file can be used and refuses no sample record. */
    public boolean good() {
        return check.mapping().isPresent() && trials.stream().noneMatch(Trial::refused);
    }

    /** The report for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (MappingProblem problem : check.problems()) {
            lines.add((problem.isError() ? "error    " : "warning  ") + problem);
        }
        int number = 0;
        for (Trial trial : trials) {
            number++;
            lines.addAll(lines(number, trial));
        }
        lines.add(summary());
        return lines;
    }

    /**
     * The report for scripts: {@code file, valid, errors, warnings, sample}; a problem has {@code line, path, message}, a sample
     * record {@code record, entity, outcome} and, by outcome, {@code rows} with {@code warnings}, or {@code code, column, message}.
     */
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("file", file)
                .put("valid", check.mapping().isPresent());
        problems(json.putArray("errors"), check.errors());
        problems(json.putArray("warnings"), check.warnings());
        ArrayNode sample = json.putArray("sample");
        int number = 0;
        for (Trial trial : trials) {
            number++;
            ObjectNode entry = sample.addObject()
                    .put("record", number)
                    .put("entity", trial.sample().entity().wireName());
            trial.result()
                    .fold(
                            mapped -> rows(entry, mapped),
                            leftOut -> entry.put("outcome", why(leftOut)),
                            refused -> entry.put("outcome", "refused")
                                    .put("code", refused.code())
                                    .put("column", refused.column())
                                    .put("message", refused.message()));
        }
        return json;
    }

    private String summary() {
        int errors = check.errors().size();
        int warnings = check.warnings().size();
        String found = errors
                + (errors == 1 ? " error, " : " errors, ")
                + warnings
                + (warnings == 1 ? " warning" : " warnings");
        long refused = trials.stream().filter(Trial::refused).count();
        String samples = trials.isEmpty() ? "" : "; " + trials.size() + " sample records, " + refused + " refused";
        return file + ": " + found + samples;
    }

    private static List<String> lines(int number, Trial trial) {
        String head = "record " + number + " (" + trial.sample().entity().wireName() + "): ";
        return trial.result()
                .fold(
                        mapped -> {
                            List<String> lines = new ArrayList<>();
                            lines.add(head + (mapped.rows().isEmpty() ? "no row" : "becomes"));
                            for (MappedRow row : mapped.rows()) {
                                lines.add("  " + row.layout().name() + " " + row.id());
                                tree(row)
                                        .properties()
                                        .forEach(column ->
                                                lines.add("    " + column.getKey() + " = " + column.getValue()));
                            }
                            mapped.warnings().forEach(warning -> lines.add("  warning: " + warning));
                            return lines;
                        },
                        leftOut -> List.of(head + why(leftOut) + ", by the mapping's conditions"),
                        refused -> List.of(head + "refused, " + refused.code() + ": " + refused.message()));
    }

    private static ObjectNode rows(ObjectNode entry, TrialMapping.Mapped mapped) {
        entry.put("outcome", "row");
        ArrayNode rows = entry.putArray("rows");
        for (MappedRow row : mapped.rows()) {
            rows.addObject().put("table", row.layout().name()).set("row", tree(row));
        }
        ArrayNode warnings = entry.putArray("warnings");
        mapped.warnings().forEach(warnings::add);
        return entry;
    }

    private static String why(TrialMapping.LeftOut leftOut) {
        return leftOut.why() == Admission.DELETED ? "deleted" : "filtered";
    }

    private static void problems(ArrayNode into, List<MappingProblem> problems) {
        for (MappingProblem problem : problems) {
            into.addObject()
                    .put("line", problem.line())
                    .put("path", problem.path())
                    .put("message", problem.message());
        }
    }

    private static JsonNode tree(MappedRow row) {
        try {
            return EXACT.readTree(row.json());
        } catch (IOException e) {
            throw new UncheckedIOException("a mapped row is JSON", e);
        }
    }
}
