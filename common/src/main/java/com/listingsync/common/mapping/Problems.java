package com.listingsync.common.mapping;

import com.listingsync.common.mapping.MappingProblem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with one file, and knows where in it each place is. Confined to one thread. */
final class Problems {

    private final Map<String, Integer> lines;
    private final List<MappingProblem> found = new ArrayList<>();

    /** @param lines line by path, see {@link YamlText} */
    Problems(Map<String, Integer> lines) {
        this.lines = lines;
    }

    void error(String path, String message) {
        found.add(new MappingProblem(Severity.ERROR, line(path), path, message));
    }

    void warning(String path, String message) {
        found.add(new MappingProblem(Severity.WARNING, line(path), path, message));
    }

    int count() {
        return found.size();
    }

    /** All of them, in the file's order. */
    List<MappingProblem> all() {
        return found.stream()
                .sorted(Comparator.comparingInt(MappingProblem::line))
                .toList();
    }

    /** The line of a place; of what it belongs to when it is missing itself. */
    private int line(String path) {
        for (String at = path; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
        }
        return 0;
    }
}
