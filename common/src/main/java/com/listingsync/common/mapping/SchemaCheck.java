package com.listingsync.common.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.connection.NearestName;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds a mapping file against the schema that editors use too, so that both say the same. It knows the words of JSON Schema
 * (draft 2020-12) that our schema is made of: {@code type, enum, properties, additionalProperties, required, items, minItems,
 * minLength, minProperties, minimum, $ref}; {@code oneOf} is left to {@link MappingFile}, whose sentence is clearer. Immutable.
 */
final class SchemaCheck {

    private static final String FILE = "mapping.schema.json";

    private final JsonNode schema;
    private final Problems problems;

    SchemaCheck(Problems problems) {
        this.schema = read();
        this.problems = problems;
    }

    /** The schema's text. */
    static String text() {
        try (InputStream in = SchemaCheck.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " can't be read from the class path", e);
        }
    }

    /** Notes every place where the file is not as the schema says. */
    void check(JsonNode file) {
        check("", file, schema);
    }

    private void check(String at, JsonNode node, JsonNode rule) {
        if (rule.has("$ref")) {
            check(at, node, schema.at(rule.path("$ref").asText().substring(1)));
            return;
        }
        if (rule.has("enum")) {
            oneOf(at, node, rule.path("enum"));
            return;
        }
        if (!typed(node, rule.path("type"))) {
            problems.error(at, "expected " + names(rule.path("type")) + "; found " + kind(node));
            return;
        }
        if (node.isObject()) {
            object(at, node, rule);
        } else if (node.isArray()) {
            list(at, node, rule);
        } else if (node.isTextual()
                && node.asText().length() < rule.path("minLength").asInt(0)) {
            problems.error(at, "expected a text; found an empty one");
        } else if (node.isNumber() && node.asLong() < rule.path("minimum").asLong(Long.MIN_VALUE)) {
            problems.error(at, "expected " + rule.path("minimum").asText() + " or more; found " + node.asText());
        }
    }

    private void object(String at, JsonNode node, JsonNode rule) {
        JsonNode properties = rule.path("properties");
        for (JsonNode key : rule.path("required")) {
            if (!node.has(key.asText())) {
                problems.error(
                        below(at, key.asText()), "missing; expected: " + description(properties.path(key.asText())));
            }
        }
        if (node.size() < rule.path("minProperties").asInt(0)) {
            problems.error(at, "expected at least one entry; found none");
        }
        node.properties().forEach(entry -> {
            String key = entry.getKey();
            JsonNode other = rule.path("additionalProperties");
            if (properties.has(key)) {
                check(below(at, key), entry.getValue(), properties.path(key));
            } else if (other.isObject()) {
                check(below(at, key), entry.getValue(), other);
            } else {
                unknown(below(at, key), key, properties);
            }
        });
    }

    private void list(String at, JsonNode node, JsonNode rule) {
        if (node.size() < rule.path("minItems").asInt(0)) {
            problems.error(at, "expected at least one value; found an empty list");
        }
        for (JsonNode element : node) {
            check(at, element, rule.path("items"));
        }
    }

    private void unknown(String at, String key, JsonNode properties) {
        Set<String> known = new LinkedHashSet<>();
        properties.fieldNames().forEachRemaining(known::add);
        problems.error(at, "unknown; expected one of " + String.join(", ", known) + meant(key, known));
    }

    private void oneOf(String at, JsonNode node, JsonNode values) {
        Set<String> known = new LinkedHashSet<>();
        for (JsonNode value : values) {
            if (value.equals(node)) {
                return;
            }
            known.add(value.asText());
        }
        String found = node.isValueNode() && !node.isNull() ? "'" + node.asText() + "'" : kind(node);
        String expected = known.size() == 1 ? "" : "one of ";
        problems.error(
                at,
                "expected " + expected + String.join(", ", known) + "; found " + found + meant(node.asText(), known));
    }

    private static String meant(String found, Set<String> known) {
        return NearestName.of(found, known)
                .filter(name -> !found.isEmpty() && known.size() > 1)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
    }

    private static boolean typed(JsonNode node, JsonNode types) {
        if (types.isMissingNode()) {
            return true;
        }
        if (types.isArray()) {
            for (JsonNode type : types) {
                if (typed(node, type)) {
                    return true;
                }
            }
            return false;
        }
        return switch (types.asText()) {
            case "object" -> node.isObject();
            case "array" -> node.isArray();
            case "string" -> node.isTextual();
            case "integer" -> node.isIntegralNumber();
            case "number" -> node.isNumber();
            case "boolean" -> node.isBoolean();
            default -> throw new IllegalStateException("the schema has a type that is none: " + types.asText());
        };
    }

    private static String names(JsonNode types) {
        List<String> names = new ArrayList<>();
        if (types.isArray()) {
            types.forEach(type -> names.add(name(type.asText())));
        } else {
            names.add(name(types.asText()));
        }
        return String.join(" or ", names);
    }

    private static String name(String type) {
        return switch (type) {
            case "object" -> "keys with values";
            case "array" -> "a list";
            case "string" -> "a text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            default -> "true or false";
        };
    }

    private static String kind(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return "nothing";
        }
        if (node.isObject()) {
            return "keys with values";
        }
        return node.isArray() ? "a list" : "'" + node.asText() + "'";
    }

    private static String description(JsonNode rule) {
        String text = rule.path("description").asText("a value");
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static String below(String at, String key) {
        return at.isEmpty() ? key : at + "." + key;
    }

    private static JsonNode read() {
        try {
            return Json.MAPPER.readTree(text());
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " is not JSON", e);
        }
    }
}
