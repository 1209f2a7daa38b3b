package com.listingsync.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresServerTest {
    @TempDir
    Path folder;

    /** What its tests make in it has names of its own. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class ARunningServer {
        private EmbeddedPostgresServer server;

        @BeforeAll
        void start(@TempDir Path own) {
            server = EmbeddedPostgresServer.start(own);
        }

        @AfterAll
        void stop() {
            server.close();
        }

        @Test
        void speaksPostgreSql18OnLoopbackOnly() throws SQLException {
            assertThat(query(server, "select current_setting('server_version_num')::int / 10000"))
                    .containsExactly("18");
            assertThat(query(server, "show listen_addresses")).containsExactly("127.0.0.1");
        }

        @Test
        void hasTheRolesOfHostedSupabase() throws SQLException {
            List<String> roles = query(
                    server,
                    "select concat_ws(' ', rolname, rolcanlogin, rolinherit, rolbypassrls) from pg_roles"
                            + " where rolname in ('anon', 'authenticated', 'service_role', 'authenticator') order by 1");

            assertThat(roles)
                    .containsExactly("anon f f f", "authenticated f f f", "authenticator t f f", "service_role f f t");
        }

        @Test
        void grantsEveryNewTableOfPublicToTheApiRoles() throws SQLException {
            execute(server, "create table granted (id int)");

            assertThat(
                            query(
                                    server,
                                    "select has_table_privilege(r, 'granted', 'insert') from unnest('{anon,authenticated,service_role}'::name[]) r"))
                    .containsExactly("t", "t", "t");
        }

        @Test
        void appliesAMigrationOnce() throws SQLException {
            boolean first =
                    server.apply("20261122000000_make_t.sql", "create table t (id int); insert into t values (1)");
            boolean second =
                    server.apply("20261122000000_make_t.sql", "create table t (id int); insert into t values (1)");

            assertThat(first).isTrue();
            assertThat(second).isFalse();
            assertThat(query(server, "select id from t")).containsExactly("1");
            assertThat(query(
                            server,
                            "select version || ' ' || name from supabase_migrations.schema_migrations"
                                    + " where name = 'make_t'"))
                    .containsExactly("20261122000000 make_t");
        }

        @Test
        void leavesNothingOfAMigrationThatFails() throws SQLException {
            assertThatThrownBy(() -> server.apply("1_broken", "create table broken (id int); select nonsense"))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageStartingWith("Migration 1_broken failed: ERROR: column \"nonsense\" does not exist");

            assertThat(query(server, "select to_regclass('broken')::text")).containsExactly((String) null);
            assertThat(server.apply("1_broken", "create table broken (id int)")).isTrue();
        }
    }

    @Nested
    class ARestart {
        @Test
        void keepsData() throws SQLException {
            try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(folder)) {
                execute(server, "create table t (id int); insert into t values (42)");
            }

            try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(folder)) {
                assertThat(query(server, "select id from t")).containsExactly("42");
            }
        }

        @Test
        void keepsCommitsOfAServerThatWasKilled() throws Exception {
            EmbeddedPostgresServer killed = EmbeddedPostgresServer.start(folder);
            execute(killed, "create table t (id int); insert into t values (42)");
            kill(killed);
            killed.close();

            try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(folder)) {
                assertThat(query(server, "select id from t")).containsExactly("42");
            }
        }

        @Test
        void clearsAwayAServerThatOutlivedItsOwner() throws Exception {
            long orphan;
            try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(folder)) {
                orphan = pid(folder);
                assertThat(server.port()).isPositive();
                // A killed JVM loses its locks and leaves the server: new lock files stand in for the lost locks.
                for (String lock : List.of("postgres.lock", "cluster/epg-lock")) {
                    Files.delete(folder.resolve(lock));
                    Files.createFile(folder.resolve(lock));
                }

                try (EmbeddedPostgresServer next = EmbeddedPostgresServer.start(folder)) {
                    assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive))
                            .isEmpty();
                    assertThat(query(next, "select 1")).containsExactly("1");
                }
            }
        }
    }

    @Nested
    class AFolderThatCannotBeUsed {
        @Test
        void isNamedWhenItIsOfAnotherVersion() throws Exception {
            EmbeddedPostgresServer.start(folder).close();
            Files.writeString(folder.resolve("cluster/PG_VERSION"), "15\n");

            assertThatThrownBy(() -> EmbeddedPostgresServer.start(folder))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessage("The data folder " + folder
                            + " was made by PostgreSQL 15, expected 18: move it away or name another folder.");
        }

        @Test
        void isNamedWhenItHoldsOtherThings() throws Exception {
            Files.writeString(folder.resolve("thesis.txt"), "precious");

            assertThatThrownBy(() -> EmbeddedPostgresServer.start(folder))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessage(
                            "The data folder " + folder
                                    + " holds files that are not ours: expected an empty folder or one made by an earlier start.");
            assertThat(folder.resolve("thesis.txt")).hasContent("precious");
        }

        @Test
        void isNamedWhenItIsAFile() throws Exception {
            Path file = Files.createFile(folder.resolve("file"));

            assertThatThrownBy(() -> EmbeddedPostgresServer.start(file))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessage("The data folder " + file + " cannot be used: expected a folder, found a file.");
        }

        @Test
        void isNamedWhenAnotherServerUsesIt() {
            try (EmbeddedPostgresServer first = EmbeddedPostgresServer.start(folder)) {
                assertThatThrownBy(() -> EmbeddedPostgresServer.start(folder))
                        .isInstanceOf(EmbeddedPostgresException.class)
                        .hasMessage("The data folder " + folder
                                + " is in use by another running process: stop that one first.");
                assertThat(first.port()).isPositive();
            }
        }
    }

    @Test
    void namesThePortThatIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            PostgresOptions options = PostgresOptions.on(folder).withPort(other.getLocalPort());

            assertThatThrownBy(() -> EmbeddedPostgresServer.start(options))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessage("Port " + other.getLocalPort()
                            + " on 127.0.0.1 is taken: expected a free port for PostgreSQL.");
        }
    }

    @Test
    void closesTwiceWithoutComplaint() {
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start(folder);

        server.close();
        server.close();

        assertThat(folder.resolve("cluster/postmaster.pid")).doesNotExist();
    }

    private void kill(EmbeddedPostgresServer server) throws Exception {
        assertThat(server.port()).isPositive();
        ProcessHandle process = ProcessHandle.of(pid(folder)).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(10, TimeUnit.SECONDS);
    }

    private static long pid(Path folder) throws Exception {
        return Long.parseLong(Files.readAllLines(folder.resolve("cluster/postmaster.pid"))
                .get(0)
                .strip());
    }

    private static void execute(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> query(EmbeddedPostgresServer server, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
