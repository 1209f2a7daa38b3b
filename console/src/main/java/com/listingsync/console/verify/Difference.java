package com.listingsync.console.verify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A row that is not in Supabase as the log says.
 *
 * @param kind how
 * @param table its table
 * @param id its id
 * @param columns the columns that differ; empty unless they were compared
 * @param late whether the sink has not come to its record yet
 * @param logged the last word of the log; empty when it has none
 * @param found the row as Supabase has it; empty when it has none
 */
public record Difference(
        Kind kind,
        String table,
        String id,
        List<String> columns,
        boolean late,
        Optional<LoggedRow> logged,
        Optional<TableRow> found) {

    /** How a row can be other than the log says. */
    public enum Kind {
        /** The log has it, Supabase does not. */
        MISSING("missing"),
        /** Supabase has it, the log does not, or says that it was purged. */
        EXTRA("extra"),
        /** Supabase has an older version. */
        STALE("stale"),
        /** Supabase has a newer version, which nobody has written through the log. */
        AHEAD("ahead"),
        /** The same version with other values: somebody has changed the row by hand. */
        DIFFERENT("different");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As JSON, meters and people see it. */
        public String word() {
            return word;
        }
    }

    public Difference {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(logged, "logged");
        Objects.requireNonNull(found, "found");
        columns = List.copyOf(columns);
    }

    /** How these two differ; empty when they don't. */
    static Optional<Difference> between(Optional<LoggedRow> logged, Optional<TableRow> found) {
        return kind(logged.orElse(null), found.orElse(null)).map(kind -> {
            String table = logged.map(LoggedRow::table)
                    .orElseGet(() -> found.orElseThrow().table());
            String id = logged.map(LoggedRow::id)
                    .orElseGet(() -> found.orElseThrow().id());
            return new Difference(kind, table, id, List.of(), false, logged, found);
        });
    }

    private static Optional<Kind> kind(
            @org.jspecify.annotations.Nullable LoggedRow logged, @org.jspecify.annotations.Nullable TableRow found) {
        if (logged == null || logged.fate() == LoggedRow.Fate.PURGED) {
            // A row that is marked as deleted is shown to nobody, whether the log still knows of it or not.
            return found == null || found.deleted() ? Optional.empty() : Optional.of(Kind.EXTRA);
        }
        if (found == null) {
            return Optional.of(Kind.MISSING);
        }
        if (found.version() < logged.version()) {
            return Optional.of(Kind.STALE);
        }
        if (logged.fate() == LoggedRow.Fate.DELETED) {
            if (found.deleted()) {
                return Optional.empty();
            }
            return Optional.of(found.version() > logged.version() ? Kind.AHEAD : Kind.DIFFERENT);
        }
        if (found.version() > logged.version()) {
            return Optional.of(Kind.AHEAD);
        }
        return found.hash() == logged.hash() ? Optional.empty() : Optional.of(Kind.DIFFERENT);
    }

    Difference with(List<String> differing) {
        return new Difference(kind, table, id, differing, late, logged, found);
    }

    Difference late(boolean isLate) {
        return new Difference(kind, table, id, columns, isLate, logged, found);
    }

    String name() {
        return LoggedRow.name(table, id);
    }

    /** For people, on a line. */
    public String line() {
        StringBuilder line = new StringBuilder(kind.word())
                .append(' ')
                .append(table)
                .append(' ')
                .append(id);
        logged.filter(row -> row.version() > 0)
                .ifPresent(row -> line.append("  log version ").append(row.version()));
        found.ifPresent(row -> line.append("  table version ").append(row.version()));
        if (!columns.isEmpty()) {
            line.append("  columns ").append(String.join(", ", columns));
        }
        return late ? line.append("  (the sink has not come to it)").toString() : line.toString();
    }

    /** For scripts. */
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("kind", kind.word())
                .put("table", table)
                .put("id", id)
                .put("late", late)
                .put("logVersion", logged.map(LoggedRow::version).orElse(null))
                .put("tableVersion", found.map(TableRow::version).orElse(null));
        json.set("columns", Json.MAPPER.valueToTree(columns));
        return json;
    }
}
