package com.listingsync.common.mapping;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.View;
import com.listingsync.common.mapping.ColumnMapping.OnError;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a mapping file. What the schema can say is checked by {@link SchemaCheck}; the rest here. Instances serve one parse.
 */
final class MappingFile {

    private static final Set<String> SOURCE_KEYS = Set.of("from", "constant", "concat", "computed");

    private final Problems problems;

    private MappingFile(Problems problems) {
        this.problems = problems;
    }

    /**
     * What a file says.
     *
     * @param mapping the mapping; empty when there is an error
     * @param problems everything found
     */
    record Reading(Optional<Mapping> mapping, Problems problems) {}

    /** @throws SettingsException when there is an error in it, with all of them */
    static Mapping parse(String yaml, String name) {
        Reading reading = read(yaml);
        return reading.mapping()
                .orElseThrow(() -> new SettingsException(reading.problems().all().stream()
                        .map(problem -> name + ": " + problem)
                        .toList()));
    }

    static Reading read(String yaml) {
        YamlText text;
        try {
            text = YamlText.of(yaml);
        } catch (JacksonException e) {
            // The person who edits the file sees place and reason; nothing has been read from it.
            String at =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            Problems broken = new Problems(Map.of());
            broken.error("", "not valid YAML" + at + ": " + e.getOriginalMessage());
            return new Reading(Optional.empty(), broken);
        }
        Problems problems = new Problems(text.lines());
        JsonNode root = text.tree();
        new SchemaCheck(problems).check(root);
        Mapping mapping = new MappingFile(problems).mapping(root, yaml);
        return new Reading(problems.count() == 0 ? Optional.of(mapping) : Optional.empty(), problems);
    }

    private Mapping mapping(JsonNode root, String yaml) {
        List<TableMapping> tables = new ArrayList<>();
        root.path("tables")
                .properties()
                .forEach(entry -> table(entry.getKey(), entry.getValue()).ifPresent(tables::add));
        // A mapping of one's own need not repeat the vocabulary: without the section the standard one holds.
        Statuses statuses = root.path("statuses").isObject()
                ? StatusesSection.read(root.path("statuses"), problems)
                : Mapping.standard().statuses();
        return new Mapping(
                tables,
                statuses,
                Optional.of(root.path("listing_id").asText("ListingId")).filter(field -> !field.equals("none")),
                ContentHash.of(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<TableMapping> table(String name, JsonNode node) {
        String at = "tables." + name;
        int before = problems.count();
        Optional<Entity> entity = Entity.of(node.path("entity").asText());
        Map<String, ColumnMapping> columns = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        node.path("columns").properties().forEach(entry -> {
            names.add(entry.getKey());
            column(at + ".columns." + entry.getKey(), entry.getKey(), entry.getValue())
                    .ifPresent(column -> columns.put(entry.getKey(), column));
        });
        List<String> keys = texts(node.path("key"));
        keys.forEach(key -> among(at + ".key", key, names));
        Optional<String> guard = named(at + ".guard", node.path("guard"), names);
        Optional<String> deletedAt = named(at + ".deleted_at", node.path("deleted_at"), names);
        if (problems.count() > before || entity.isEmpty() || keys.isEmpty() || columns.size() < names.size()) {
            return Optional.empty();
        }
        TableLayout layout = new TableLayout(
                name,
                keys,
                List.copyOf(columns.keySet()),
                guard,
                deletedAt,
                node.path("stage").asInt(0));
        return Optional.of(new TableMapping(
                layout,
                entity.orElseThrow(),
                List.copyOf(columns.values()),
                conditions(node.path("keep")),
                conditions(node.path("drop")),
                conditions(node.path("deleted_when"))));
    }

    private Optional<ColumnMapping> column(String at, String name, JsonNode node) {
        Optional<ColumnSource> source = source(at, node);
        Optional<ColumnType> type = ColumnType.of(node.path("type").asText("text"));
        Optional<View> view = View.of(node.path("view").asText("none"));
        if (source.isEmpty() || type.isEmpty() || view.isEmpty()) {
            return Optional.empty();
        }
        // Unquoted, null is YAML's own word for nothing; it is meant as the text.
        boolean orNull =
                node.path("on_error").isNull() || node.path("on_error").asText().equals("null");
        Map<String, String> values = new LinkedHashMap<>();
        node.path("values")
                .properties()
                .forEach(v -> values.put(v.getKey(), v.getValue().asText()));
        return Optional.of(new ColumnMapping(
                name,
                type.get(),
                source.get(),
                node.path("required").asBoolean(false),
                orNull ? OnError.NULL : OnError.REFUSE,
                values,
                view.get()));
    }

    private Optional<ColumnSource> source(String at, JsonNode node) {
        Set<String> present = new TreeSet<>();
        node.fieldNames().forEachRemaining(present::add);
        present.retainAll(SOURCE_KEYS);
        if (present.size() != 1) {
            if (node.isObject()) {
                problems.error(
                        at,
                        "expected exactly one of from, constant, concat, computed; found "
                                + (present.isEmpty() ? "none" : String.join(", ", present)));
            }
            return Optional.empty();
        }
        if (node.has("from")) {
            return Optional.of(new ColumnSource.Fields(texts(node.path("from"))));
        }
        if (node.has("constant")) {
            return Optional.of(new ColumnSource.Constant(node.path("constant").asText()));
        }
        if (node.has("concat")) {
            return Optional.of(new ColumnSource.Concat(
                    texts(node.path("concat")), node.path("separator").asText(" ")));
        }
        return Computation.of(node.path("computed").asText()).map(ColumnSource.Computed::new);
    }

    private static List<Condition> conditions(JsonNode node) {
        List<Condition> conditions = new ArrayList<>();
        node.properties().forEach(entry -> {
            Set<String> texts = new LinkedHashSet<>();
            texts(entry.getValue()).forEach(text -> texts.add(text.toLowerCase(Locale.ROOT)));
            conditions.add(new Condition(entry.getKey(), texts));
        });
        return conditions;
    }

    private Optional<String> named(String at, JsonNode node, Set<String> columns) {
        if (!node.isTextual() || node.asText().equals("none")) {
            return Optional.empty();
        }
        among(at, node.asText(), columns);
        return Optional.of(node.asText());
    }

    private void among(String at, String column, Set<String> columns) {
        if (!columns.contains(column)) {
            problems.error(at, "expected the name of a column; found '" + column + "', which is not among the columns");
        }
    }

    static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(element -> texts.add(element.asText()));
        } else if (node.isValueNode() && !node.isNull()) {
            texts.add(node.asText());
        }
        return texts;
    }
}
