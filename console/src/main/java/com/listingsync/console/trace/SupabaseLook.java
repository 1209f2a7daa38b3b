package com.listingsync.console.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.mapping.TableMapping;
import com.listingsync.common.wire.KeyText;
import com.listingsync.sink.deliver.TableAccess;
import com.listingsync.sink.deliver.TableAccess.AwayException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Supabase holds of a key, asked over its REST interface. Thread-safe. */
final class SupabaseLook implements AutoCloseable {

    private final TableAccess tables;
    private final Mapping mapping;

    SupabaseLook(TableAccess tables, Mapping mapping) {
        this.tables = tables;
        this.mapping = mapping;
    }

    /**
     * The row of a table.
     *
     * @throws AwayException when Supabase does not answer it
     */
    Held row(String table, String id) throws AwayException {
        TableLayout layout = layout(table);
        List<String> parts = layout.keyColumns().size() == 1 ? List.of(id) : KeyText.split(id);
        Map<String, String> query = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            query.put(layout.keyColumns().get(i), "eq." + parts.get(i));
        }
        // Not by name: updated_at is the migration's, and a table of one's own may lack it.
        query.put("select", "*");
        query.put("limit", "1");
        List<JsonNode> rows = tables.select(table, query);
        if (rows.isEmpty()) {
            return new Held(table, id, Optional.empty(), Optional.empty(), false);
        }
        JsonNode row = rows.get(0);
        return new Held(
                table,
                id,
                layout.guard().map(column -> row.path(column).asLong()).or(() -> Optional.of(0L)),
                Optional.ofNullable(row.path("updated_at").textValue()),
                layout.deletedAt().map(column -> row.hasNonNull(column)).orElse(false));
    }

    /**
     * The listing that a child or a sheet row belongs to, as its row says.
     *
     * @throws AwayException when Supabase does not answer
     */
    Optional<String> listingOf(String key) throws AwayException {
        for (TableMapping table : mapping.tables()) {
            Optional<String> parent = parentColumn(table);
            if (table.entity() == Entity.PROPERTY
                    || parent.isEmpty()
                    || table.layout().keyColumns().size() != 1) {
                continue;
            }
            List<JsonNode> rows = tables.select(
                    table.layout().name(),
                    Map.of(table.layout().keyColumns().get(0), "eq." + key, "select", parent.get(), "limit", "1"));
            for (JsonNode row : rows) {
                String listing = row.path(parent.get()).asText("");
                if (!listing.isEmpty()) {
                    return Optional.of(listing);
                }
            }
        }
        return Optional.empty();
    }

    /** The tables of records with one key column. */
    List<String> tablesOfKeys() {
        return mapping.tables().stream()
                .map(TableMapping::layout)
                .filter(layout -> layout.keyColumns().size() == 1)
                .map(TableLayout::name)
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        tables.close();
    }

    /** The column of a child's table that names its listing: the one that is the key of the listings' table. */
    private Optional<String> parentColumn(TableMapping child) {
        return mapping.tables().stream()
                .filter(table -> table.entity() == Entity.PROPERTY)
                .flatMap(table -> table.layout().keyColumns().stream())
                .filter(column -> child.layout().columns().contains(column))
                .findFirst();
    }

    private TableLayout layout(String table) {
        return mapping.layouts().stream()
                .filter(layout -> layout.name().equals(table))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the mapping has no table " + table));
    }
}
