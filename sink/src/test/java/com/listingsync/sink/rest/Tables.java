package com.listingsync.sink.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tables in memory, guarded by {@code row_version}: an upsert writes all of its rows or none. A row with {@code "city":"bad"} is refused
 * as bad data, one with a {@code parent} that table {@code parents} does not have as an orphan, the same id twice as PostgreSQL does.
 * Thread-safe.
 */
public final class Tables {

    /**
     * A row as it is.
     *
     * @param city what it was last upserted with; empty when it is deleted, after which it means nothing
     */
    public record Stored(long version, boolean deleted, String city) {}

    /**
     * What an upsert did.
     *
     * @param code empty when it was done
     * @param written ids of rows really written
     */
    public record Effect(int status, String code, List<String> written) {}

    private final Map<String, Map<String, Stored>> tables = new HashMap<>();
    private long writes;

    synchronized Effect upsert(String table, JsonNode rows) {
        Map<String, Stored> stored = tables.computeIfAbsent(table, name -> new TreeMap<>());
        Set<String> ids = new HashSet<>();
        for (JsonNode row : rows) {
            if (row.path("city").asText().equals("bad")) {
                return new Effect(400, "22P02", List.of());
            }
            if (!ids.add(row.path("id").asText())) {
                return new Effect(500, "21000", List.of());
            }
            if (row.has("parent")
                    && !all("parents").containsKey(row.path("parent").asText())) {
                return new Effect(409, "23503", List.of());
            }
        }
        List<String> written = new ArrayList<>();
        for (JsonNode row : rows) {
            write(stored, row, written);
        }
        writes += written.size();
        return new Effect(200, "", written);
    }

    private static void write(Map<String, Stored> stored, JsonNode row, List<String> written) {
        String id = row.path("id").asText();
        Stored before = stored.get(id);
        long version = row.path("row_version").asLong();
        if (before == null || version > before.version()) {
            boolean deleted = row.hasNonNull("deleted_at");
            stored.put(
                    id,
                    new Stored(version, deleted, deleted ? "" : row.path("city").asText()));
            written.add(id);
        }
    }

    /** Rows really written so far, each time counted. */
    public synchronized long writes() {
        return writes;
    }

    /** The rows of a table by id. */
    public synchronized Map<String, Stored> all(String table) {
        return new TreeMap<>(tables.getOrDefault(table, Map.of()));
    }
}
