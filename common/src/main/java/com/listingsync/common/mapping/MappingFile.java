package com.listingsync.common.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
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

/** Reads a mapping file. All problems are collected, each with its place; instances serve one parse. */
final class MappingFile {

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                    .build())
            .enable(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Set<String> TABLE_KEYS =
            Set.of("entity", "key", "guard", "deleted_at", "stage", "keep", "drop", "deleted_when", "columns");
    private static final Set<String> COLUMN_KEYS = Set.of(
            "from", "constant", "concat", "separator", "computed", "type", "required", "on_error", "values", "view");
    private static final Set<String> SOURCE_KEYS = Set.of("from", "constant", "concat", "computed");

    private final List<String> problems = new ArrayList<>();

    private MappingFile() {}

    static Mapping parse(String yaml, String name) {
        MappingFile file = new MappingFile();
        JsonNode root;
        try {
            root = YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            // The person who edits the file sees place and reason; nothing has been read from it.
            throw new SettingsException(name + ": not valid YAML: " + e.getOriginalMessage());
        }
        List<TableMapping> tables = file.tables(root);
        // A mapping of one's own need not repeat the vocabulary: without the section the standard one holds.
        Optional<Statuses> statuses = root.has("statuses")
                ? Optional.of(StatusesSection.read(root.path("statuses"), file.problems))
                : Optional.empty();
        if (!file.problems.isEmpty()) {
            throw new SettingsException(
                    file.problems.stream().map(problem -> name + ": " + problem).toList());
        }
        return new Mapping(
                tables,
                statuses.orElseGet(() -> Mapping.standard().statuses()),
                Optional.of(root.path("listing_id").asText("ListingId")).filter(field -> !field.equals("none")),
                ContentHash.of(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private List<TableMapping> tables(JsonNode root) {
        List<TableMapping> tables = new ArrayList<>();
        if (!root.path("version").asText().equals("1")) {
            problems.add("version: expected 1");
        }
        if (!root.path("tables").isObject() || root.path("tables").isEmpty()) {
            problems.add("tables: expected at least one table");
            return tables;
        }
        unknownKeys("", root, Set.of("version", "listing_id", "tables", "statuses"));
        root.path("tables")
                .properties()
                .forEach(entry -> table(entry.getKey(), entry.getValue()).ifPresent(tables::add));
        return tables;
    }

    private Optional<TableMapping> table(String name, JsonNode node) {
        String at = "tables." + name;
        int before = problems.size();
        unknownKeys(at + ".", node, TABLE_KEYS);
        Optional<Entity> entity = Entity.of(node.path("entity").asText());
        if (entity.isEmpty()) {
            problems.add(at + ".entity: expected one of property, media, rooms, openhouse, sheet");
        }
        Map<String, ColumnMapping> columns = new LinkedHashMap<>();
        node.path("columns")
                .properties()
                .forEach(entry -> column(at + ".columns." + entry.getKey(), entry.getKey(), entry.getValue())
                        .ifPresent(column -> columns.put(entry.getKey(), column)));
        List<String> keys = texts(node.path("key"));
        if (keys.isEmpty()) {
            problems.add(at + ".key: expected the name of the key column");
        }
        if (!node.hasNonNull("guard")) {
            problems.add(at
                    + ".guard: is missing; without a guard column an older row that comes late or is replayed replaces"
                    + " a newer one and nobody is told: name the column, or allow that with 'guard: none'");
        }
        Optional<String> guard = named(at + ".guard", node.path("guard"), columns.keySet());
        Optional<String> deletedAt = named(at + ".deleted_at", node.path("deleted_at"), columns.keySet());
        keys.stream()
                .filter(key -> !columns.containsKey(key))
                .forEach(key -> problems.add(at + ".key: '" + key + "' is not among the columns"));
        List<Condition> keep = conditions(at + ".keep", node.path("keep"));
        List<Condition> drop = conditions(at + ".drop", node.path("drop"));
        List<Condition> deletedWhen = conditions(at + ".deleted_when", node.path("deleted_when"));
        if (problems.size() > before) {
            return Optional.empty();
        }
        TableLayout layout = new TableLayout(
                name,
                keys,
                List.copyOf(columns.keySet()),
                guard,
                deletedAt,
                node.path("stage").asInt(0));
        return Optional.of(
                new TableMapping(layout, entity.orElseThrow(), List.copyOf(columns.values()), keep, drop, deletedWhen));
    }

    private Optional<ColumnMapping> column(String at, String name, JsonNode node) {
        int before = problems.size();
        unknownKeys(at + ".", node, COLUMN_KEYS);
        Optional<ColumnSource> source = source(at, node);
        Optional<ColumnType> type = ColumnType.of(node.path("type").asText("text"));
        if (type.isEmpty()) {
            problems.add(
                    at + ".type: expected one of text, integer, decimal, boolean, date, timestamp, json, text_array");
        }
        String onError = node.path("on_error").asText("refuse");
        if (!onError.equals("refuse") && !onError.equals("null")) {
            problems.add(at + ".on_error: expected refuse or null");
        }
        Optional<View> view = View.of(node.path("view").asText("none"));
        if (view.isEmpty()) {
            problems.add(at + ".view: expected vow or none");
        }
        Map<String, String> values = new LinkedHashMap<>();
        node.path("values")
                .properties()
                .forEach(v -> values.put(v.getKey(), v.getValue().asText()));
        if (problems.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new ColumnMapping(
                name,
                type.orElseThrow(),
                source.orElseThrow(),
                node.path("required").asBoolean(false),
                onError.equals("refuse") ? OnError.REFUSE : OnError.NULL,
                values,
                view.orElseThrow()));
    }

    private Optional<ColumnSource> source(String at, JsonNode node) {
        Set<String> present = new TreeSet<>();
        node.fieldNames().forEachRemaining(present::add);
        present.retainAll(SOURCE_KEYS);
        if (present.size() != 1) {
            problems.add(at + ": expected exactly one of from, constant, concat, computed; found "
                    + (present.isEmpty() ? "none" : String.join(", ", present)));
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
        Optional<Computation> computation = Computation.of(node.path("computed").asText());
        if (computation.isEmpty()) {
            problems.add(at + ".computed: not a value that the processor computes");
        }
        return computation.map(ColumnSource.Computed::new);
    }

    private List<Condition> conditions(String at, JsonNode node) {
        List<Condition> conditions = new ArrayList<>();
        node.properties().forEach(entry -> {
            Set<String> texts = new LinkedHashSet<>();
            texts(entry.getValue()).forEach(text -> texts.add(text.toLowerCase(Locale.ROOT)));
            if (texts.isEmpty()) {
                problems.add(at + "." + entry.getKey() + ": expected a value or a list of values");
            }
            conditions.add(new Condition(entry.getKey(), texts));
        });
        return conditions;
    }

    private Optional<String> named(String at, JsonNode node, Set<String> columns) {
        if (node.isMissingNode() || node.isNull() || node.asText().equals("none")) {
            return Optional.empty();
        }
        if (!columns.contains(node.asText())) {
            problems.add(at + ": '" + node.asText() + "' is not among the columns");
        }
        return Optional.of(node.asText());
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

    private void unknownKeys(String at, JsonNode node, Set<String> known) {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                problems.add(at + key + ": unknown; expected one of " + String.join(", ", new TreeSet<>(known)));
            }
        });
    }
}
