package com.listingsync.embedded.postgrest;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the schema cache out of PostgreSQL's catalogue. Stateless. */
final class SchemaReader {
    private static final String TABLES = """
            select c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                   case when a.attidentity = '' and a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end
            from pg_class c
            left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
            where c.relnamespace = (select oid from pg_namespace where nspname = ?) and c.relkind in ('r', 'p', 'v', 'm', 'f')
            order by c.relname, a.attnum
            """;
    private static final String KEYS = """
            select c.relname, array_agg(a.attname::text order by k.place)
            from pg_index i
            join pg_class c on c.oid = i.indrelid and c.relnamespace = (select oid from pg_namespace where nspname = ?)
            cross join lateral unnest(i.indkey::int2[]) with ordinality as k(attnum, place)
            join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
            where i.indisprimary
            group by c.relname
            """;
    private static final String ROUTINES = """
            select p.proname, coalesce(p.proargnames[1:p.pronargs], '{}'),
                   array(select format_type(t.oid, null) from unnest(p.proargtypes::oid[]) with ordinality u(oid, n)
                         join pg_type t on t.oid = u.oid order by u.n),
                   p.pronargs - p.pronargdefaults, r.typname = 'void', r.typtype = 'c' or r.typname = 'record', p.proretset
            from pg_proc p join pg_type r on r.oid = p.prorettype
            where p.pronamespace = (select oid from pg_namespace where nspname = ?) and p.prokind = 'f' and r.typname <> 'trigger'
            order by p.proname, p.oid
            """;
    /** What a session may set by itself, of the roles that the connecting one may become. */
    private static final String ROLE_SETTINGS = """
            select r.rolname, split_part(s.setting, '=', 1), substr(s.setting, strpos(s.setting, '=') + 1)
            from pg_roles r cross join lateral unnest(r.rolconfig) as s(setting)
            join pg_settings g on g.name = split_part(s.setting, '=', 1) and g.context = 'user'
            where pg_has_role(current_user, r.oid, 'member') and r.rolname <> current_user
            """;

    private SchemaReader() {}

    /** What there is in each of these schemas, by schema; one that does not exist has nothing. */
    static Map<String, SchemaCache> read(Connection connection, List<String> schemas) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // With an empty path every type that is not built in is written with its schema.
            statement.execute("set search_path to ''");
        }
        Map<String, Map<String, String>> roleSettings = roleSettings(connection);
        Map<String, SchemaCache> caches = new HashMap<>();
        for (String schema : schemas) {
            caches.put(
                    schema,
                    new SchemaCache(schema, tables(connection, schema), routines(connection, schema), roleSettings));
        }
        return caches;
    }

    private static Map<String, Table> tables(Connection connection, String schema) throws SQLException {
        Map<String, Map<String, Table.Column>> columns = new HashMap<>();
        forEach(connection, TABLES, Optional.of(schema), row -> {
            Map<String, Table.Column> ofTable =
                    columns.computeIfAbsent(row.getString(1), name -> new LinkedHashMap<>());
            String name = row.getString(2);
            if (name != null) {
                ofTable.put(name, new Table.Column(name, row.getString(3), Optional.ofNullable(row.getString(4))));
            }
        });
        Map<String, List<String>> keys = new HashMap<>();
        forEach(connection, KEYS, Optional.of(schema), row -> keys.put(row.getString(1), strings(row.getArray(2))));
        Map<String, Table> tables = new HashMap<>();
        columns.forEach((name, own) -> tables.put(name, new Table(schema, name, own, keys.getOrDefault(name, List.of()))));
        return tables;
    }

    private static Map<String, List<Routine>> routines(Connection connection, String schema) throws SQLException {
        Map<String, List<Routine>> routines = new HashMap<>();
        forEach(connection, ROUTINES, Optional.of(schema), row -> {
            List<String> names = strings(row.getArray(2));
            List<String> types = strings(row.getArray(3));
            int required = row.getInt(4);
            List<Routine.Parameter> parameters = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                parameters.add(new Routine.Parameter(i < names.size() ? names.get(i) : "", types.get(i), i < required));
            }
            Routine.Result result = row.getBoolean(5)
                    ? Routine.Result.VOID
                    : row.getBoolean(6) ? Routine.Result.COMPOSITE : Routine.Result.SCALAR;
            routines.computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                    .add(new Routine(schema, row.getString(1), parameters, result, row.getBoolean(7)));
        });
        return routines;
    }

    private static Map<String, Map<String, String>> roleSettings(Connection connection) throws SQLException {
        Map<String, Map<String, String>> settings = new HashMap<>();
        forEach(
                connection,
                ROLE_SETTINGS,
                Optional.empty(),
                row -> settings.computeIfAbsent(row.getString(1), role -> new LinkedHashMap<>())
                        .put(row.getString(2), row.getString(3)));
        return settings;
    }

    private static List<String> strings(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }

    private interface RowReader {
        void accept(ResultSet row) throws SQLException;
    }

    private static void forEach(Connection connection, String sql, Optional<String> schema, RowReader reader)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            if (schema.isPresent()) {
                query.setString(1, schema.get());
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    reader.accept(rows);
                }
            }
        }
    }
}
