package com.listingsync.embedded.postgrest;

import java.util.List;

/**
 * The part of a statement that turns a JSON body into rows named {@code pgrst_body}, in the shape of PostgREST's own. Stateless, pure.
 *
 * <p>The body goes to PostgreSQL as one parameter; it parses it and makes all errors of values.
 */
final class JsonSource {
    private JsonSource() {}

    /** What to do with a key that an object lacks. */
    enum Missing {
        NULL,
        COLUMN_DEFAULT
    }

    /** Adds {@code FROM (SELECT … AS json_data) pgrst_payload, LATERAL (SELECT … FROM json_to_recordset(…)) pgrst_body}. */
    static void addFrom(SqlText sql, Payload payload, List<Table.Column> columns, Missing missing, String limit) {
        boolean defaults = missing == Missing.COLUMN_DEFAULT;
        String json = defaults ? "jsonb" : "json";
        sql.add("FROM (SELECT ").json(payload.json(), json).add(" AS json_data) pgrst_payload, ");
        if (defaults) {
            addDefaults(sql, payload, columns);
        }
        String source = defaults ? "pgrst_json_defs.val" : "pgrst_payload.json_data";
        sql.add("LATERAL (SELECT ")
                .names("", columns.stream().map(Table.Column::name).toList())
                .add(" FROM ");
        if (columns.isEmpty()) {
            sql.add(payload.isObject() ? "(values(1)) _" : json + "_array_elements(" + source + ") _");
        } else {
            sql.add(json + (payload.isObject() ? "_to_record(" : "_to_recordset(") + source + ") AS _(");
            addTyped(sql, columns);
            sql.add(")" + limit);
        }
        sql.add(") pgrst_body ");
    }

    private static void addTyped(SqlText sql, List<Table.Column> columns) {
        String separator = "";
        for (Table.Column column : columns) {
            sql.add(separator).name(column.name()).add(" " + column.type());
            separator = ", ";
        }
    }

    private static void addDefaults(SqlText sql, Payload payload, List<Table.Column> columns) {
        SqlText defaults = new SqlText().add("jsonb_build_object(");
        String separator = "";
        for (Table.Column column : columns) {
            if (column.defaultExpression().isPresent()) {
                defaults.add(separator)
                        .add("'" + column.name().replace("'", "''") + "', "
                                + column.defaultExpression().get());
                separator = ", ";
            }
        }
        defaults.add(")");
        if (payload.isObject()) {
            sql.add("LATERAL (SELECT ").add(defaults).add(" || pgrst_payload.json_data AS val) pgrst_json_defs, ");
        } else {
            sql.add("LATERAL (SELECT jsonb_agg(").add(defaults);
            sql.add(" || elem) AS val FROM jsonb_array_elements(pgrst_payload.json_data) elem) pgrst_json_defs, ");
        }
    }
}
