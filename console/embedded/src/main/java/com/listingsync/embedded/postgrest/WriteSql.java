package com.listingsync.embedded.postgrest;

import java.util.List;
import java.util.stream.Stream;

/** Statements that insert, upsert, update and delete, in the shape of PostgREST's own. Stateless, pure. */
final class WriteSql {
    /** Counted up per proposed row and down per row that turns out to be an update: what remains was inserted. */
    private static final String INSERTED = "nullif(current_setting('pgrst.inserted', true), '')";

    private static final String COUNT_UP =
            "set_config('pgrst.inserted', (coalesce(" + INSERTED + "::int, 0) + 1)::text, true) <> '0'";
    private static final String COUNT_DOWN =
            "set_config('pgrst.inserted', (coalesce(" + INSERTED + "::int, 0) - 1)::text, true) <> '-1'";

    private WriteSql() {}

    /** What happens to a row whose key exists. */
    enum OnDuplicate {
        FAIL,
        IGNORE,
        MERGE
    }

    /** Which columns the written rows give back. */
    enum Returning {
        NOTHING,
        LOCATION,
        ROWS
    }

    /**
     * An insert or upsert.
     *
     * @param conflictColumns the columns whose equality makes a duplicate; empty makes a plain insert
     * @param keyFilters conditions that each row must meet (PUT); empty for none
     */
    record Insert(
            Table table,
            Payload payload,
            JsonSource.Missing missing,
            OnDuplicate onDuplicate,
            List<String> conflictColumns,
            List<Filter> keyFilters) {}

    static SqlText insert(Insert insert, Returning returning, Selection selection) {
        List<Table.Column> columns = insert.table().columns(insert.payload().columns());
        List<String> names = columns.stream().map(Table.Column::name).toList();
        boolean merges = insert.onDuplicate() == OnDuplicate.MERGE;
        SqlText sql = new SqlText().add("INSERT INTO ").exposed(insert.table().schema(), insert.table().name());
        sql.add(names.isEmpty() ? " " : "(").names("", names).add(names.isEmpty() ? "" : ") ");
        sql.add("SELECT ").names("pgrst_body.", names).add(" ");
        JsonSource.addFrom(sql, insert.payload(), columns, insert.missing(), "");
        Filter.addWhere(sql, insert.keyFilters(), new SqlText().name("pgrst_body"));
        sql.add(merges ? (insert.keyFilters().isEmpty() ? " WHERE " : " AND ") + COUNT_UP : "");
        if (insert.onDuplicate() != OnDuplicate.FAIL
                && !insert.conflictColumns().isEmpty()) {
            sql.add(" ON CONFLICT(").names("", insert.conflictColumns()).add(") ");
            addConflictAction(sql, merges ? names : List.of());
        }
        addReturning(sql, insert.table(), returning, selection);
        return wrapped(sql, insert.table(), returning, selection, merges ? INSERTED + "::int" : "0");
    }

    static SqlText update(
            Table table, Payload payload, List<Filter> filters, Returning returning, Selection selection) {
        List<Table.Column> columns = table.columns(payload.columns());
        SqlText sql = new SqlText();
        if (columns.isEmpty()) {
            sql.add("SELECT ");
            addReturned(sql, table, returning, selection, "NULL");
            sql.add(" FROM ").exposed(table.schema(), table.name()).add(" WHERE false");
        } else {
            sql.add("UPDATE ").exposed(table.schema(), table.name()).add(" SET ");
            addAssignments(sql, columns.stream().map(Table.Column::name).toList(), "pgrst_body.");
            sql.add(" ");
            JsonSource.addFrom(sql, payload, columns, JsonSource.Missing.NULL, "");
            Filter.addWhere(sql, filters, nameOf(table));
            addReturning(sql, table, returning, selection);
        }
        return wrapped(sql, table, returning, selection, "0");
    }

    static SqlText delete(Table table, List<Filter> filters, Returning returning, Selection selection) {
        SqlText sql = new SqlText().add("DELETE FROM ").exposed(table.schema(), table.name());
        Filter.addWhere(sql, filters, nameOf(table));
        addReturning(sql, table, returning, selection);
        return wrapped(sql, table, returning, selection, "0");
    }

    static SqlText nameOf(Table table) {
        return new SqlText().exposed(table.schema(), table.name());
    }

    private static void addConflictAction(SqlText sql, List<String> merged) {
        if (merged.isEmpty()) {
            sql.add("DO NOTHING");
        } else {
            sql.add("DO UPDATE SET ");
            addAssignments(sql, merged, "EXCLUDED.");
            sql.add(" WHERE " + COUNT_DOWN);
        }
    }

    private static void addAssignments(SqlText sql, List<String> names, String source) {
        String separator = "";
        for (String name : names) {
            sql.add(separator).name(name).add(" = " + source).name(name);
            separator = ", ";
        }
    }

    private static void addReturning(SqlText sql, Table table, Returning returning, Selection selection) {
        sql.add(" RETURNING ");
        addReturned(sql, table, returning, selection, "1");
    }

    private static void addReturned(
            SqlText sql, Table table, Returning returning, Selection selection, String nothing) {
        switch (returning) {
            case NOTHING -> sql.add(nothing);
            case LOCATION -> addColumns(sql, table, table.primaryKey());
            case ROWS -> addColumns(sql, table, namesIn(selection));
        }
    }

    private static List<String> namesIn(Selection selection) {
        return selection.columns().stream()
                .map(Selection.Column::name)
                .distinct()
                .toList();
    }

    private static void addColumns(SqlText sql, Table table, List<String> names) {
        String separator = "";
        for (String name : names.isEmpty() ? List.of("*") : names) {
            sql.add(separator).column(nameOf(table), name);
            separator = ", ";
        }
    }

    /** The statement as the source of one row: count, location, body, number inserted. */
    private static SqlText wrapped(
            SqlText write, Table table, Returning returning, Selection selection, String inserted) {
        SqlText sql = new SqlText().add("WITH pgrst_source AS (").add(write).add(") SELECT null::bigint AS total, ");
        sql.add("pg_catalog.count(_postgrest_t) AS page, ");
        addLocation(sql, table, returning);
        sql.add(" AS location, " + (returning == Returning.ROWS ? "coalesce(json_agg(_postgrest_t), '[]')" : "''")
                + " AS body, ");
        sql.add(inserted + " AS inserted FROM (SELECT ");
        if (returning == Returning.ROWS) {
            selection.addColumns(sql, new SqlText().name("pgrst_source"));
        } else {
            sql.add("*");
        }
        sql.add(" FROM pgrst_source");
        if (returning == Returning.ROWS) {
            selection.addOrder(sql, new SqlText().name("pgrst_source"));
        }
        return sql.add(") _postgrest_t");
    }

    /** {@code {key=eq.value}} of the one row written; empty for several. */
    private static void addLocation(SqlText sql, Table table, Returning returning) {
        if (returning != Returning.LOCATION || table.primaryKey().isEmpty()) {
            sql.add("array[]::text[]");
            return;
        }
        sql.add(
                "CASE WHEN pg_catalog.count(_postgrest_t) = 1 THEN (WITH data AS (SELECT row_to_json(_) AS row FROM pgrst_source AS _ LIMIT 1)");
        sql.add(" SELECT array_agg(json_data.key || '=' || coalesce('eq.' || json_data.value, 'is.null'))");
        sql.add(" FROM data CROSS JOIN json_each_text(data.row) AS json_data) ELSE array[]::text[] END");
    }

    /** The columns of the primary key that the filters of a PUT name with {@code eq}: all and only these are allowed. */
    static boolean filtersWholeKey(Table table, List<Filter> filters) {
        Stream<String> filtered = filters.stream()
                .filter(f -> f.operator().equals("eq") && !f.negated())
                .map(Filter::column);
        return !table.primaryKey().isEmpty()
                && filters.size() == table.primaryKey().size()
                && filtered.sorted()
                        .toList()
                        .equals(table.primaryKey().stream().sorted().toList());
    }
}
