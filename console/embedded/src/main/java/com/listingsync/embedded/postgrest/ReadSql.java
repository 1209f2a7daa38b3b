package com.listingsync.embedded.postgrest;

import java.util.List;

/** Statements that read rows, in the shape of PostgREST's own. Stateless, pure. */
final class ReadSql {
    private ReadSql() {}

    /** What to count besides the rows of this page. */
    enum Total {
        NOT_ASKED,
        EXACT
    }

    /**
     * A read of one page.
     *
     * @param limit the most rows, after the server's own maximum was applied; -1 for all
     */
    static SqlText select(Table table, Selection selection, List<Filter> filters, long limit, Total total) {
        SqlText name = WriteSql.nameOf(table);
        SqlText sql = new SqlText().add("WITH pgrst_source AS (SELECT ");
        selection.addColumns(sql, name);
        sql.add(" FROM ").add(name);
        Filter.addWhere(sql, filters, name);
        selection.addOrder(sql, name);
        // Digits only: these are parsed numbers.
        sql.add(limit >= 0 ? " LIMIT " + limit : "")
                .add(selection.offset() > 0 ? " OFFSET " + selection.offset() : "")
                .add(")");
        if (total == Total.EXACT) {
            sql.add(", pgrst_source_count AS (SELECT 1 FROM ").add(name);
            Filter.addWhere(sql, filters, name);
            sql.add(")");
        }
        String count = total == Total.EXACT ? "(SELECT pg_catalog.count(*) FROM pgrst_source_count)" : "null::bigint";
        return sql.add(" SELECT " + count
                        + " AS total, pg_catalog.count(_postgrest_t) AS page, array[]::text[] AS location, ")
                .add(
                        "coalesce(json_agg(_postgrest_t), '[]') AS body, 0 AS inserted FROM (SELECT * FROM pgrst_source) _postgrest_t");
    }
}
