package com.listingsync.console.openapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A path with names in braces for what changes, such as {@code /api/runs/{run}}. Immutable.
 *
 * @param segments between the slashes
 */
public record PathTemplate(List<String> segments) {

    public PathTemplate {
        segments = List.copyOf(segments);
    }

    static PathTemplate of(String text) {
        return new PathTemplate(List.of(text.substring(1).split("/", -1)));
    }

    /** The values of its names in this path; empty when the path is another. */
    public Optional<Map<String, String>> match(String path) {
        String[] parts = path.substring(1).split("/", -1);
        if (parts.length != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < parts.length; i++) {
            String segment = segments.get(i);
            if (segment.startsWith("{")) {
                values.put(segment.substring(1, segment.length() - 1), parts[i]);
            } else if (!segment.equals(parts[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** How many of its segments are fixed; of two templates that match, the one with more is meant. */
    int fixed() {
        return (int) segments.stream().filter(each -> !each.startsWith("{")).count();
    }

    @Override
    public String toString() {
        return "/" + String.join("/", segments);
    }
}
