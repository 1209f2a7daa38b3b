package com.listingsync.console.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a JSON value must be: the part of JSON Schema 2020-12 that the document's requests use. A keyword that is not understood is
 * a fault of the document and said when it is read. Immutable.
 */
public final class Schema {

    private static final Set<String> UNDERSTOOD = Set.of(
            "type",
            "enum",
            "pattern",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "items",
            "minItems",
            "maxItems",
            "properties",
            "required",
            "additionalProperties",
            "description",
            "default",
            "examples",
            "format",
            "$ref");
    private static final int MOST_ERRORS = 10;

    private final String type;
    private final JsonNode rules;
    private final Optional<Pattern> pattern;
    private final Optional<Schema> items;
    private final Map<String, Schema> properties;

    private Schema(
            String type,
            JsonNode rules,
            Optional<Pattern> pattern,
            Optional<Schema> items,
            Map<String, Schema> properties) {
        this.type = type;
        this.rules = rules;
        this.pattern = pattern;
        this.items = items;
        this.properties = properties;
    }

    /**
     * The schema that these rules are.
     *
     * @param document where {@code $ref} leads into
     * @throws IllegalArgumentException when a keyword is not understood
     */
    static Schema of(JsonNode written, JsonNode document) {
        JsonNode rules = resolved(written, document);
        rules.fieldNames().forEachRemaining(name -> {
            if (!UNDERSTOOD.contains(name)) {
                throw new IllegalArgumentException(
                        "the API's document uses '" + name + "', which is not understood in requests");
            }
        });
        Map<String, Schema> properties = new LinkedHashMap<>();
        rules.path("properties")
                .properties()
                .forEach(each -> properties.put(each.getKey(), of(each.getValue(), document)));
        return new Schema(
                rules.path("type").asText(),
                rules,
                rules.has("pattern")
                        ? Optional.of(Pattern.compile(rules.path("pattern").asText(), Pattern.UNICODE_CHARACTER_CLASS))
                        : Optional.empty(),
                rules.has("items") ? Optional.of(of(rules.path("items"), document)) : Optional.empty(),
                properties);
    }

    static JsonNode resolved(JsonNode written, JsonNode document) {
        return written.has("$ref") ? document.at(written.path("$ref").asText().substring(1)) : written;
    }

    /** The type's name: string, integer, boolean, array, object. */
    public String type() {
        return type;
    }

    /** The schema of the elements of an array. */
    public Optional<Schema> items() {
        return items;
    }

    /** What is wrong with this value, a sentence each; empty when nothing is. */
    public List<String> problems(String where, JsonNode value) {
        List<String> problems = new ArrayList<>();
        check(where, value, problems);
        return problems.size() <= MOST_ERRORS ? problems : problems.subList(0, MOST_ERRORS);
    }

    private void check(String where, JsonNode value, List<String> problems) {
        if (problems.size() > MOST_ERRORS) {
            return;
        }
        if (!isOfType(value)) {
            problems.add(where + ": expected " + article(type) + ", found " + kind(value));
            return;
        }
        checkText(where, value, problems);
        checkNumber(where, value, problems);
        checkArray(where, value, problems);
        checkObject(where, value, problems);
    }

    private boolean isOfType(JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber() && value.canConvertToLong();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
        };
    }

    private void checkText(String where, JsonNode value, List<String> problems) {
        if (!value.isTextual()) {
            return;
        }
        String text = value.textValue();
        int length = text.codePointCount(0, text.length());
        int shortest = rules.path("minLength").asInt(0);
        int longest = rules.path("maxLength").asInt(Integer.MAX_VALUE);
        if (length < shortest || length > longest) {
            problems.add(where + ": expected " + shortest + " to " + longest + " characters, found " + length);
        } else if (pattern.isPresent() && !pattern.get().matcher(text).find()) {
            problems.add(where + ": expected " + rules.path("description").asText("text that fits " + pattern.get()));
        } else if (rules.has("enum") && !contains(rules.path("enum"), value)) {
            problems.add(where + ": expected one of " + listed(rules.path("enum")));
        }
    }

    private void checkNumber(String where, JsonNode value, List<String> problems) {
        if (value.isIntegralNumber()) {
            long smallest = rules.path("minimum").asLong(Long.MIN_VALUE);
            long largest = rules.path("maximum").asLong(Long.MAX_VALUE);
            if (value.longValue() < smallest || value.longValue() > largest) {
                problems.add(where + ": expected a whole number from " + smallest + " to " + largest + ", found "
                        + value.longValue());
            }
        }
    }

    private void checkArray(String where, JsonNode value, List<String> problems) {
        if (!value.isArray()) {
            return;
        }
        int fewest = rules.path("minItems").asInt(0);
        int most = rules.path("maxItems").asInt(Integer.MAX_VALUE);
        if (value.size() < fewest || value.size() > most) {
            problems.add(where + ": expected " + fewest + " to " + most + " elements, found " + value.size());
            return;
        }
        for (int i = 0; i < value.size() && items.isPresent(); i++) {
            items.get().check(where + "[" + i + "]", value.get(i), problems);
        }
    }

    private void checkObject(String where, JsonNode value, List<String> problems) {
        if (!value.isObject()) {
            return;
        }
        rules.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                problems.add(where + ": '" + name.asText() + "' is missing");
            }
        });
        boolean open = rules.path("additionalProperties").asBoolean(true);
        value.properties().forEach(each -> {
            Schema schema = properties.get(each.getKey());
            if (schema != null) {
                schema.check(where + "." + each.getKey(), each.getValue(), problems);
            } else if (!open) {
                problems.add(where + ": '" + shown(each.getKey()) + "' is not known here; there are "
                        + String.join(", ", properties.keySet()));
            }
        });
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode each : list) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static String listed(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(each -> names.add(each.asText()));
        return names.stream().collect(Collectors.joining(", "));
    }

    private static String article(String type) {
        return type.matches("[aeio].*") ? "an " + type : "a " + type;
    }

    private static String kind(JsonNode value) {
        return value.isMissingNode()
                ? "nothing"
                : article(value.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
    }

    /** A name somebody sent, fit for a sentence: short, and without what a terminal or a page could take for more. */
    static String shown(String sent) {
        String plain = sent.replaceAll("[^\\p{L}\\p{N}_.$ -]", "?");
        return plain.length() > 40 ? plain.substring(0, 40) + "…" : plain;
    }
}
