package com.listingsync.embedded.postgrest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which columns, in which order, which part: {@code select}, {@code order}, {@code limit} and {@code offset}. Immutable.
 *
 * @param columns the columns to return; empty for all
 * @param order the terms of the order
 * @param limit the most rows; empty for all
 * @param offset rows to leave out at the beginning
 */
record Selection(List<Column> columns, List<Term> order, Optional<Long> limit, long offset) {
    /** A column and the name it gets in the answer. */
    record Column(String name, String alias) {}

    /** A term of the order; direction and place of nulls are SQL words, empty for PostgreSQL's own choice. */
    record Term(String column, String direction, String nulls) {}

    Selection {
        columns = List.copyOf(columns);
        order = List.copyOf(order);
    }

    /** Parses the parameters; embedding, casts and JSON paths are not in the subset and are refused. */
    static Selection parse(QueryString query) {
        List<Column> columns = new ArrayList<>();
        for (String item : query.names("select").orElse(List.of())) {
            columns.add(column(item));
        }
        List<Term> order = new ArrayList<>();
        for (String item : query.names("order").orElse(List.of())) {
            order.add(term(item));
        }
        boolean all = columns.size() == 1 && columns.get(0).name().equals("*");
        return new Selection(
                all ? List.of() : columns,
                order,
                query.number("limit"),
                query.number("offset").orElse(0L));
    }

    /** Adds the list after SELECT or RETURNING. */
    void addColumns(SqlText sql, SqlText table) {
        if (columns.isEmpty()) {
            sql.column(table, "*");
            return;
        }
        String separator = "";
        for (Column column : columns) {
            sql.add(separator).column(table, column.name());
            if (!column.alias().equals(column.name())) {
                sql.add(" AS ").name(column.alias());
            }
            separator = ", ";
        }
    }

    /** Adds the same columns by the names they got from {@link #addColumns}. */
    void addOrder(SqlText sql, SqlText table) {
        String word = " ORDER BY ";
        for (Term term : order) {
            sql.add(word).column(table, term.column()).add(term.direction()).add(term.nulls());
            word = ", ";
        }
    }

    private static Column column(String item) {
        if (item.indexOf('(') >= 0 || item.contains("::") || item.contains("->")) {
            throw Refusals.unparsable("select parameter", item, 1, "this stand-in selects plain columns only");
        }
        int colon = item.indexOf(':');
        String name = item.substring(colon + 1);
        return new Column(name, colon < 0 ? name : item.substring(0, colon));
    }

    private static Term term(String item) {
        String[] parts = item.split("\\.", -1);
        String direction = "";
        String nulls = "";
        for (int i = 1; i < parts.length; i++) {
            switch (parts[i]) {
                case "asc" -> direction = " ASC";
                case "desc" -> direction = " DESC";
                case "nullsfirst" -> nulls = " NULLS FIRST";
                case "nullslast" -> nulls = " NULLS LAST";
                default ->
                    throw Refusals.unparsable(
                            "order",
                            item,
                            parts[0].length() + 2,
                            "unexpected \"" + parts[i] + "\" expecting asc, desc, nullsfirst or nullslast");
            }
        }
        return new Term(parts[0], direction, nulls);
    }
}
