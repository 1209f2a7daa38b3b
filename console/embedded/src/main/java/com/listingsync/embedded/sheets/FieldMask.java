package com.listingsync.embedded.sheets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A {@code fields} parameter, such as {@code modifiedTime,version} or {@code sheets(properties.title)}: names separated by
 * commas, deeper ones after a dot or slash or in parentheses, {@code *} for all.
 */
final class FieldMask {
    private final Map<String, FieldMask> names = new LinkedHashMap<>();

    private FieldMask() {}

    /** @throws GoogleRefusal when the text is no mask, or its first level names something that is not known */
    static FieldMask parse(String text, Set<String> known) throws GoogleRefusal {
        FieldMask mask = new Parser(text).mask();
        for (String name : mask.names.keySet()) {
            if (!name.equals("*") && !known.contains(name)) {
                throw GoogleRefusal.invalid("Invalid field selection " + name);
            }
        }
        return mask;
    }

    /** The parts of a document that the mask names. */
    JsonNode apply(JsonNode document) {
        if (names.isEmpty() || names.containsKey("*")) {
            return document;
        }
        if (document instanceof ArrayNode items) {
            ArrayNode masked = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> masked.add(apply(item)));
            return masked;
        }
        ObjectNode masked = JsonNodeFactory.instance.objectNode();
        names.forEach((name, deeper) -> {
            JsonNode value = document.get(name);
            if (value != null) {
                masked.set(name, deeper.apply(value));
            }
        });
        return masked;
    }

    /** Reads a mask from left to right. */
    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        FieldMask mask() throws GoogleRefusal {
            FieldMask mask = list();
            if (at < text.length()) {
                throw broken();
            }
            return mask;
        }

        private FieldMask list() throws GoogleRefusal {
            FieldMask mask = new FieldMask();
            do {
                path(mask);
            } while (taken(','));
            return mask;
        }

        private void path(FieldMask mask) throws GoogleRefusal {
            FieldMask deeper = mask.names.computeIfAbsent(name(), any -> new FieldMask());
            if (taken('.') || taken('/')) {
                path(deeper);
            } else if (taken('(')) {
                deeper.names.putAll(list().names);
                if (!taken(')')) {
                    throw broken();
                }
            }
        }

        private String name() throws GoogleRefusal {
            int start = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '*')) {
                at++;
            }
            if (at == start) {
                throw broken();
            }
            return text.substring(start, at);
        }

        private boolean taken(char expected) {
            boolean found = at < text.length() && text.charAt(at) == expected;
            if (found) {
                at++;
            }
            return found;
        }

        private GoogleRefusal broken() {
            return GoogleRefusal.invalid("Invalid field selection " + text);
        }
    }
}
