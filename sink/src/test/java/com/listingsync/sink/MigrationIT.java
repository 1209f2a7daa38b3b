package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.mapping.ColumnMapping;
import com.listingsync.common.mapping.ColumnType;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.mapping.TableMapping;
import com.listingsync.embedded.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The migration on a PostgreSQL that has what a fresh Supabase project has. */
class MigrationIT {

    private static final Map<ColumnType, String> TYPES = Map.of(
            ColumnType.TEXT, "text",
            ColumnType.INTEGER, "bigint",
            ColumnType.DECIMAL, "numeric",
            ColumnType.BOOLEAN, "boolean",
            ColumnType.DATE, "date",
            ColumnType.TIMESTAMP, "timestamp with time zone",
            ColumnType.JSON, "jsonb",
            ColumnType.TEXT_ARRAY, "ARRAY");

    private static final Set<String> KEPT_BY_THE_DATABASE = Set.of("created_at", "updated_at");

    @TempDir
    static Path folder;

    private static EmbeddedPostgresServer postgres;

    @BeforeAll
    static void apply() {
        postgres = EmbeddedPostgresServer.start(folder);
        Migrations.all().forEach(migration -> postgres.apply(migration.fileName(), migration.sql()));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void listsEveryFileOfTheMigrationFolder() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("supabase", "migrations"))) {
            assertThat(Migrations.all())
                    .extracting(Migrations.Migration::fileName)
                    .containsExactlyElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .sorted()
                                    .toList());
        }
    }

    @Test
    void hasTheColumnsOfTheStandardMapping() {
        for (TableLayout layout : Mapping.standard().layouts()) {
            assertThat(query("select column_name from information_schema.columns where table_schema = 'public' and"
                            + " table_name = '" + layout.name() + "'"))
                    .as(layout.name())
                    .filteredOn(column -> !KEPT_BY_THE_DATABASE.contains(column))
                    .containsExactlyInAnyOrderElementsOf(layout.columns());
            assertThat(query(
                            "select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum ="
                                    + " any (i.indkey) where i.indisprimary and i.indrelid = 'public." + layout.name()
                                    + "'::regclass"))
                    .as("key of " + layout.name())
                    .containsExactlyElementsOf(layout.keyColumns());
        }
    }

    @Test
    void hasTheTypesOfTheStandardMapping() {
        for (TableMapping table : Mapping.standard().tables()) {
            for (ColumnMapping column : table.columns()) {
                assertThat(query("select data_type from information_schema.columns where table_schema = 'public' and"
                                + " table_name = '" + table.layout().name() + "' and column_name = '" + column.name()
                                + "'"))
                        .as(table.layout().name() + "." + column.name())
                        .containsExactly(TYPES.get(column.type()));
            }
        }
    }

    @Test
    void requiresNothingButKeyAndVersion() {
        for (TableLayout layout : Mapping.standard().layouts()) {
            List<String> needed = new ArrayList<>(layout.keyColumns());
            layout.guard().ifPresent(needed::add);
            needed.addAll(KEPT_BY_THE_DATABASE);

            assertThat(query("select column_name from information_schema.columns where table_schema = 'public' and"
                            + " is_nullable = 'NO' and table_name = '" + layout.name() + "'"))
                    .as(layout.name())
                    .containsExactlyInAnyOrderElementsOf(needed);
        }
    }

    @Test
    void refusesAnUpdateThatIsNotNewer() {
        execute("insert into properties (listing_key, city, row_version) values ('G1', 'Toronto', 5)");

        execute("update properties set city = 'Ajax', row_version = 5 where listing_key = 'G1'");
        execute("update properties set city = 'Guelph', row_version = 4 where listing_key = 'G1'");

        assertThat(query("select city || ' ' || row_version || ' ' || (updated_at = created_at) from properties"))
                .containsExactly("Toronto 5 true");
        execute("update properties set city = 'Ajax', row_version = 6 where listing_key = 'G1'");
        assertThat(query("select city || ' ' || row_version || ' ' || (updated_at > created_at) from properties"))
                .containsExactly("Ajax 6 true");
    }

    @Test
    void letsOnlyTheServiceRoleWrite() {
        String tables = "select table_name || ' ' || privilege_type from information_schema.role_table_grants where"
                + " table_schema = 'public' and grantee = '%s'";

        assertThat(query(tables.formatted("anon"))).isEmpty();
        assertThat(query(tables.formatted("authenticated")))
                .allSatisfy(grant -> assertThat(grant).endsWith(" SELECT"));
        assertThat(query(tables.formatted("service_role")))
                .contains("properties INSERT", "media UPDATE", "sync_log DELETE");
        assertThat(query(
                        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and not"
                                + " relrowsecurity"))
                .isEmpty();
    }

    @Test
    void explainsEveryColumn() {
        assertThat(query(
                        "select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid"
                                + " where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not"
                                + " a.attisdropped and col_description(c.oid, a.attnum) is null"))
                .isEmpty();
    }

    private static void execute(String sql) {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> query(String sql) {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
