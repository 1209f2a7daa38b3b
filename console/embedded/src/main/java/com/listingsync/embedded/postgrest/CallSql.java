package com.listingsync.embedded.postgrest;

import java.util.List;
import java.util.Optional;

/** Statements that call a function, in the shape of PostgREST's own. Stateless, pure. */
final class CallSql {
    private CallSql() {}

    static SqlText call(Routine routine, Payload arguments) {
        List<Table.Column> passed = routine.parameters().stream()
                .filter(p -> arguments.columns().contains(p.name()))
                .map(p -> new Table.Column(p.name(), p.type(), Optional.empty()))
                .toList();
        boolean composite = routine.result() == Routine.Result.COMPOSITE;
        SqlText invocation = new SqlText().exposed(routine.schema(), routine.name()).add("(");
        SqlText sql = new SqlText()
                .add("WITH pgrst_source AS (SELECT " + (composite ? "pgrst_call.*" : "pgrst_call.pgrst_scalar") + " ");
        if (routine.takesWholeBody()) {
            sql.add("FROM ");
            invocation.json(arguments.json(), routine.parameters().get(0).type());
        } else if (passed.isEmpty()) {
            sql.add("FROM ");
        } else {
            JsonSource.addFrom(sql, arguments, passed, JsonSource.Missing.NULL, " LIMIT 1");
            sql.add(", LATERAL ");
            addArguments(invocation, passed);
        }
        invocation.add(")");
        if (composite) {
            sql.add(invocation).add(" pgrst_call");
        } else {
            sql.add("(SELECT ").add(invocation).add(" pgrst_scalar) pgrst_call");
        }
        return sql.add(
                        ") SELECT null::bigint AS total, pg_catalog.count(_postgrest_t) AS page, array[]::text[] AS location, ")
                .add(body(routine) + " AS body, 0 AS inserted FROM (SELECT * FROM pgrst_source) _postgrest_t");
    }

    private static void addArguments(SqlText invocation, List<Table.Column> passed) {
        String separator = "";
        for (Table.Column argument : passed) {
            invocation
                    .add(separator)
                    .name(argument.name())
                    .add(" := pgrst_body.")
                    .name(argument.name());
            separator = ", ";
        }
    }

    private static String body(Routine routine) {
        String row = routine.result() == Routine.Result.COMPOSITE ? "_postgrest_t" : "_postgrest_t.pgrst_scalar";
        return routine.returnsSet()
                ? "coalesce(json_agg(" + row + "), '[]')"
                : "coalesce(json_agg(" + row + ")->0, 'null')";
    }
}
