package com.listingsync.common.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.Entity;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the {@code statuses} section of a mapping file; problems are added to the file's. */
final class StatusesSection {

    private static final Set<String> KEYS =
            Set.of("fields", "changed_at", "words", "on_market", "under_contract", "unpublish");

    private final List<String> problems;

    private StatusesSection(List<String> problems) {
        this.problems = problems;
    }

    static Statuses read(JsonNode node, List<String> problems) {
        return new StatusesSection(problems).read(node);
    }

    private Statuses read(JsonNode node) {
        node.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                problems.add(
                        "statuses." + key + ": unknown; expected one of " + String.join(", ", new TreeSet<>(KEYS)));
            }
        });
        Map<String, String> words = words(node.path("words"));
        Set<String> known = new LinkedHashSet<>(words.values());
        known.add(Statuses.DELETED);
        known.add(Statuses.FILTERED);
        return new Statuses(
                fields(node.path("fields")),
                MappingFile.texts(node.path("changed_at")),
                words,
                group(node, "on_market", known),
                group(node, "under_contract", known),
                group(node, "unpublish", known));
    }

    private Map<Entity, List<String>> fields(JsonNode node) {
        Map<Entity, List<String>> fields = new EnumMap<>(Entity.class);
        node.properties()
                .forEach(entry -> Entity.of(entry.getKey())
                        .filter(entity -> entity == Entity.PROPERTY || entity == Entity.SHEET)
                        .ifPresentOrElse(
                                entity -> fields.put(entity, MappingFile.texts(entry.getValue())),
                                () -> problems.add(
                                        "statuses.fields." + entry.getKey() + ": expected property or sheet")));
        return fields;
    }

    private Map<String, String> words(JsonNode node) {
        Map<String, String> words = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            String word = entry.getKey();
            if (!word.matches("[a-z][a-z0-9_]*")) {
                problems.add("statuses.words." + word + ": a word is lower-case letters, digits and '_'");
            }
            spelling(word, word, words);
            MappingFile.texts(entry.getValue()).forEach(text -> spelling(text, word, words));
        });
        return words;
    }

    private void spelling(String text, String word, Map<String, String> words) {
        String other = words.put(Statuses.squeezed(text), word);
        if (other != null && !other.equals(word)) {
            problems.add("statuses.words." + word + ": '" + text + "' already means " + other);
        }
    }

    private Set<String> group(JsonNode node, String name, Set<String> known) {
        Set<String> group = new LinkedHashSet<>(MappingFile.texts(node.path(name)));
        group.stream()
                .filter(word -> !known.contains(word))
                .forEach(word -> problems.add("statuses." + name + ": '" + word + "' is not among the words"));
        return group;
    }
}
