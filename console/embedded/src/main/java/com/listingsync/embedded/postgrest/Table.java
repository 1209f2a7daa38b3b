package com.listingsync.embedded.postgrest;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table or view as the schema cache knows it. Immutable.
 *
 * @param columns by name
 * @param primaryKey the columns of the primary key in their order; empty for none
 */
record Table(String schema, String name, Map<String, Column> columns, List<String> primaryKey) {
    /**
     * A column.
     *
     * @param type as PostgreSQL writes it in a column definition, such as {@code character varying(5)}
     * @param defaultExpression SQL; empty for none
     */
    record Column(String name, String type, Optional<String> defaultExpression) {}

    Table {
        columns = Map.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /** The columns of those names, or PostgREST's refusal naming the first one that is not known. */
    List<Column> columns(Collection<String> names) {
        return names.stream().map(this::column).toList();
    }

    private Column column(String column) {
        Column known = columns.get(column);
        if (known == null) {
            throw Refusals.unknownColumn(column, name);
        }
        return known;
    }
}
