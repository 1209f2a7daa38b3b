package com.listingsync.common.mapping;

import java.util.Objects;

/**
 * Something about a mapping file that a person should look at.
 *
 * @param severity whether the file can be used nevertheless
 * @param line where it is, from 1; 0 when it is nowhere in particular
 * @param path the place in words of the file, such as {@code tables.homes.columns.price.type}; empty for the whole file
 * @param message what was expected and what was found, one sentence without its full stop
 */
public record MappingProblem(Severity severity, int line, String path, String message) {

    /** How bad it is. */
    public enum Severity {
        /** The file can't be used. */
        ERROR,
        /** It can, and probably does not do what was meant. */
        WARNING
    }

    public MappingProblem {
        Objects.requireNonNull(severity, "severity");
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        return (line == 0 ? "" : "line " + line + ": ") + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
