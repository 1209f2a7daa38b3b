package com.listingsync.embedded.postgrest;

import static com.listingsync.embedded.postgrest.RecordedCase.MERGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.listingsync.embedded.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sections G and H of postgrest-wire.md, as far as they need more than one request, and the row guard of facts.md §3. */
class ServerFailureTest {
    private static final String UPSERT = "/property_listings?on_conflict=property_number";

    @TempDir
    static Path folder;

    private static EmbeddedPostgresServer postgres;
    private static PostgrestServer rest;
    private static RestClient client;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgresServer.start(folder);
        postgres.apply("1_recorded_tables", Listings.SETUP);
        rest = PostgrestServer.start(options());
        client = new RestClient(rest.uri().toString(), RestClient.SECRET);
    }

    @AfterAll
    static void stop() {
        rest.close();
        postgres.close();
    }

    @BeforeEach
    void emptyTables() throws SQLException {
        execute("truncate property_listings cascade");
    }

    @Nested
    class AStaleSchemaCache {
        @Test
        void refusesANewColumnUntilItIsTold() throws Exception {
            execute("alter table property_listings add column brand_new text");
            try {
                String row = "[{\"property_number\": \"P1\", \"brand_new\": \"x\"}]";

                RestClient.Reply stale = client.post(UPSERT, MERGE, row);
                execute("notify pgrst, 'reload schema'");

                assertThat(stale.status()).isEqualTo(400);
                assertThat(stale.body())
                        .isEqualTo(RecordedRefusals.error(
                                "PGRST204",
                                "Could not find the 'brand_new' column of 'property_listings' in the schema cache"));
                await().untilAsserted(() ->
                        assertThat(client.post(UPSERT, MERGE, row).status()).isIn(200, 201));

                execute("alter table property_listings drop column brand_new");
                RestClient.Reply dropped = client.post(UPSERT, MERGE, row);

                assertThat(dropped.status()).isEqualTo(400);
                assertThat(dropped.body())
                        .isEqualTo(RecordedRefusals.error(
                                "42703",
                                "column \\\"brand_new\\\" of relation \\\"property_listings\\\" does not exist"));
            } finally {
                execute("alter table property_listings drop column if exists brand_new; notify pgrst, 'reload schema'");
            }
        }
    }

    @Nested
    class Timeouts {
        @Test
        void ofAStatementIsAnsweredAsServerError() throws Exception {
            setForServiceRole("statement_timeout", "300ms");
            try {
                await().untilAsserted(() -> {
                    RestClient.Reply reply = client.post("/rpc/slow", "return=minimal", "{\"secs\": 2}");
                    assertThat(reply.status()).isEqualTo(500);
                    assertThat(reply.body())
                            .isEqualTo(RecordedRefusals.error("57014", "canceling statement due to statement timeout"));
                });
            } finally {
                resetServiceRole("statement_timeout");
            }
        }

        @Test
        void ofALockIsAnsweredAsServerError() throws Exception {
            setForServiceRole("lock_timeout", "300ms");
            try (Connection holder = DriverManager.getConnection(postgres.jdbcUrl());
                    Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("lock table property_listings in access exclusive mode");

                await().untilAsserted(() -> {
                    RestClient.Reply reply = client.post(UPSERT, MERGE, "[" + Listings.listing(1) + "]");
                    assertThat(reply.status()).isEqualTo(500);
                    assertThat(reply.body())
                            .isEqualTo(RecordedRefusals.error("55P03", "canceling statement due to lock timeout"));
                });
            } finally {
                resetServiceRole("lock_timeout");
            }
        }

        private void setForServiceRole(String setting, String value) throws SQLException {
            execute("alter role service_role set " + setting + " = '" + value + "'; notify pgrst, 'reload config'");
        }

        private void resetServiceRole(String setting) throws SQLException {
            execute("alter role service_role reset " + setting + "; notify pgrst, 'reload config'");
        }
    }

    @Nested
    class ALostRace {
        @Test
        void isRunAgainUntilItIsWon() throws Exception {
            execute("""
                    create sequence attempts;
                    create function won_at_third() returns int language plpgsql as $$
                    begin
                      if nextval('public.attempts') < 3 then raise exception using errcode = '40001', message = 'lost'; end if;
                      return 3;
                    end $$;
                    grant all on sequence attempts to service_role;
                    notify pgrst, 'reload schema'""");

            await().untilAsserted(() -> {
                RestClient.Reply reply = client.post("/rpc/won_at_third", "return=minimal", "");
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.body()).isEqualTo("3");
            });
        }

        /** Cases 91 and 92. */
        @Test
        void isNeverAnsweredWhenItCanNotBeWon() {
            HttpClient hasty = HttpClient.newHttpClient();
            for (String code : List.of("40001", "40P01")) {
                HttpRequest boom = HttpRequest.newBuilder(URI.create(rest.uri() + "/rpc/boom"))
                        .timeout(Duration.ofMillis(700))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Authorization", "Bearer " + rest.serviceRoleKey())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"code\": \"" + code + "\"}"))
                        .build();

                assertThatThrownBy(() -> hasty.send(boom, HttpResponse.BodyHandlers.discarding()))
                        .isInstanceOf(HttpTimeoutException.class);
            }
        }

        @Test
        void ofADeadlockIsHiddenFromTheClient() throws Exception {
            client.post(UPSERT, MERGE, Listings.array(Listings.listing(1), Listings.listing(2)));
            try (Connection holder = DriverManager.getConnection(postgres.jdbcUrl());
                    Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("update property_listings set price = 1 where property_number = 'P00002'");
                CompletableFuture<RestClient.Reply> upwards = CompletableFuture.supplyAsync(() -> upsert(1, 2));
                awaitWaitingSessions(1);

                // Each now waits for the other: PostgreSQL ends one of the two, mostly the request, which has waited
                // longer.
                CompletableFuture<Integer> crossing = CompletableFuture.supplyAsync(() -> updateFirst(statement));

                crossing.handle((rows, ended) -> rows).join();
                holder.rollback();
                assertThat(upwards.get().status()).isEqualTo(200);
            }
        }

        private int updateFirst(Statement statement) {
            try {
                int rows = statement.executeUpdate(
                        "update property_listings set price = 1 where property_number = 'P00001'");
                statement.getConnection().commit();
                return rows;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Nested
    class AGuardedTable {
        @Test
        void tellsHowManyRowsWereReallyWritten() throws Exception {
            execute("""
                    drop table if exists guarded_rows;
                    create table guarded_rows (key text primary key, row_version bigint not null);
                    create or replace function keep_newer() returns trigger language plpgsql as 'begin return null; end';
                    create trigger guard before update on guarded_rows for each row
                      when (new.row_version <= old.row_version) execute function keep_newer();
                    insert into guarded_rows values ('a', 1), ('b', 9), ('c', 1);
                    notify pgrst, 'reload schema'""");
            String path = "/guarded_rows?on_conflict=key&columns=key,row_version";
            String rows =
                    "[{\"key\": \"a\", \"row_version\": 5}, {\"key\": \"b\", \"row_version\": 5}, {\"key\": \"c\", \"row_version\": 5}]";
            await().untilAsserted(() ->
                    assertThat(client.get("/guarded_rows?limit=0").status()).isEqualTo(200));

            RestClient.Reply oneStale = client.post(path, MERGE + ",count=exact", rows);
            RestClient.Reply allStale = client.post(path, MERGE + ",count=exact", rows);
            RestClient.Reply written = client.post(
                    path + "&select=key,row_version",
                    "resolution=merge-duplicates,return=representation",
                    "[{\"key\": \"a\", \"row_version\": 6}, {\"key\": \"b\", \"row_version\": 6}]");

            assertThat(oneStale.status()).isEqualTo(200);
            assertThat(oneStale.header("Content-Range")).isEqualTo("*/2");
            assertThat(allStale.status()).isEqualTo(200);
            assertThat(allStale.header("Content-Range")).isEqualTo("*/0");
            assertThat(written.body()).isEqualTo("[{\"key\":\"a\",\"row_version\":6}]");
        }
    }

    @Nested
    class Connections {
        @Test
        void thatAreTerminatedAreReplaced() throws Exception {
            CompletableFuture<RestClient.Reply> slow =
                    CompletableFuture.supplyAsync(() -> unchecked("/rpc/slow", "{\"secs\": 30}"));
            awaitActiveSessions(1);

            execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where query like '%\"slow\"%' and pid <> pg_backend_pid()");

            assertLostConnection(slow.get());
            assertThat(client.post(UPSERT, MERGE, "[" + Listings.listing(1) + "]")
                            .status())
                    .isEqualTo(201);
        }

        @Test
        void thatAreAllTakenAreWaitedForUntilTheTimeIsOver() throws Exception {
            try (PostgrestServer small =
                    PostgrestServer.start(options().withPoolSize(1).withAcquisitionTimeout(Duration.ofMillis(600)))) {
                RestClient toSmall = new RestClient(small.uri().toString(), RestClient.SECRET);
                CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> {
                    try {
                        toSmall.post("/rpc/slow", "return=minimal", "{\"secs\": 3}");
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                awaitActiveSessions(1);

                RestClient.Reply reply = toSmall.get("/property_listings?limit=0");

                assertThat(reply.status()).isEqualTo(504);
                assertThat(reply.body())
                        .isEqualTo(RecordedRefusals.error(
                                "PGRST003", "Timed out acquiring connection from connection pool."));
                slow.join();
            }
        }

        @Test
        void ofAClientThatGivesUpStillCommit() throws Exception {
            HttpClient hasty = HttpClient.newHttpClient();
            try (Connection holder = DriverManager.getConnection(postgres.jdbcUrl());
                    Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("lock table property_listings in access exclusive mode");

                assertThatThrownBy(() -> hasty.send(hastyUpsert(), HttpResponse.BodyHandlers.discarding()))
                        .isInstanceOf(HttpTimeoutException.class);
                awaitWaitingSessions(1);
                holder.rollback();
            }

            await().untilAsserted(() -> assertThat(
                            ConformanceSuite.value(postgres.jdbcUrl(), "select count(*) from property_listings"))
                    .isEqualTo("1"));
        }

        private HttpRequest hastyUpsert() {
            return HttpRequest.newBuilder(URI.create(rest.uri() + UPSERT))
                    .timeout(Duration.ofMillis(500))
                    .version(HttpClient.Version.HTTP_1_1)
                    .header("Authorization", "Bearer " + rest.serviceRoleKey())
                    .header("Prefer", MERGE)
                    .POST(HttpRequest.BodyPublishers.ofString("[" + Listings.listing(1) + "]"))
                    .build();
        }
    }

    @Test
    void keepsALostConnectionApartFromAnErrorOfThatName() throws Exception {
        for (String code : List.of("57P01", "08006")) {
            RestClient.Reply raised = client.post("/rpc/boom", "return=minimal", "{\"code\": \"" + code + "\"}");

            assertThat(raised.code()).isEqualTo(code);
        }
    }

    static void assertLostConnection(RestClient.Reply reply) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("0");
        assertThat(reply.body())
                .isEqualTo("{\"code\":\"PGRST001\",\"details\":\"no connection to the server\\n\",\"hint\":null,"
                        + "\"message\":\"Database client error. Retrying the connection.\"}");
    }

    private static PostgrestOptions options() {
        return PostgrestOptions.on(postgres.jdbcUrl("authenticator"), RestClient.SECRET);
    }

    private static RestClient.Reply upsert(int first, int second) {
        return unchecked(UPSERT, Listings.array(Listings.listing(first), Listings.listing(second)));
    }

    private static RestClient.Reply unchecked(String path, String json) {
        try {
            return client.post(path, MERGE, json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitActiveSessions(int sessions) {
        awaitSessions("state = 'active' and query like '%\"slow\"%'", sessions);
    }

    private static void awaitWaitingSessions(int sessions) {
        awaitSessions("wait_event_type = 'Lock'", sessions);
    }

    private static void awaitSessions(String condition, int sessions) {
        String count = "select count(*) from pg_stat_activity where pid <> pg_backend_pid() and " + condition;
        await().untilAsserted(() ->
                assertThat(ConformanceSuite.value(postgres.jdbcUrl(), count)).isEqualTo(Integer.toString(sessions)));
    }

    private static void execute(String sql) throws SQLException {
        ConformanceSuite.execute(postgres.jdbcUrl(), sql);
    }
}
