package com.listingsync.common.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.Entity;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the {@code statuses} section of a mapping file; problems are added to the file's. */
final class StatusesSection {

    private final Problems problems;

    private StatusesSection(Problems problems) {
        this.problems = problems;
    }

    static Statuses read(JsonNode node, Problems problems) {
        return new StatusesSection(problems).read(node);
    }

    private Statuses read(JsonNode node) {
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
                        .ifPresent(entity -> fields.put(entity, MappingFile.texts(entry.getValue()))));
        return fields;
    }

    private Map<String, String> words(JsonNode node) {
        Map<String, String> words = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            String word = entry.getKey();
            if (!word.matches("[a-z][a-z0-9_]*")) {
                problems.error(
                        "statuses.words." + word, "expected lower-case letters, digits and '_'; found '" + word + "'");
            }
            spelling(word, word, words);
            MappingFile.texts(entry.getValue()).forEach(text -> spelling(text, word, words));
        });
        return words;
    }

    private void spelling(String text, String word, Map<String, String> words) {
        String other = words.put(Statuses.squeezed(text), word);
        if (other != null && !other.equals(word)) {
            problems.error("statuses.words." + word, "'" + text + "' already means " + other);
        }
    }

    private Set<String> group(JsonNode node, String name, Set<String> known) {
        Set<String> group = new LinkedHashSet<>(MappingFile.texts(node.path(name)));
        group.stream()
                .filter(word -> !known.contains(word))
                .forEach(word -> problems.error("statuses." + name, "'" + word + "' is not among the words"));
        return group;
    }
}
