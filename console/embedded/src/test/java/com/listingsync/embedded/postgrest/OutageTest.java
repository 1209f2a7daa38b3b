package com.listingsync.embedded.postgrest;

import static com.listingsync.embedded.postgrest.RecordedCase.MERGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.embedded.postgres.EmbeddedPostgresServer;
import com.listingsync.embedded.postgres.PostgresOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes and comes back while the stand-in runs. */
class OutageTest {
    private static final String UPSERT = "/property_listings?on_conflict=property_number";
    private static final String ROW = "[" + Listings.listing(1) + "]";
    private static final String NO_SCHEMA_CACHE =
            RecordedRefusals.error("PGRST002", "Could not query the database for the schema cache. Retrying.");

    @TempDir
    Path folder;

    private PostgresOptions options;

    @BeforeEach
    void choosePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            options = PostgresOptions.on(folder).withPort(free.getLocalPort());
        }
    }

    @Test
    void recoversByItselfAfterAPlannedStop() throws Exception {
        EmbeddedPostgresServer first = startWithTables();
        try (PostgrestServer rest = startRest()) {
            RestClient client = clientOf(rest);
            assertThat(client.post(UPSERT, MERGE, ROW).status()).isEqualTo(201);

            first.close();

            await().untilAsserted(() -> assertUnavailable(client.post(UPSERT, MERGE, ROW)));
            try (EmbeddedPostgresServer second = EmbeddedPostgresServer.start(options)) {
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(
                                () -> assertThat(client.post(UPSERT, MERGE, ROW).status())
                                        .isEqualTo(200));
                assertThat(second.port()).isEqualTo(options.port());
            }
        }
    }

    @Test
    void tellsTheRequestInFlightThatTheDatabaseDied() throws Exception {
        EmbeddedPostgresServer first = startWithTables();
        try (PostgrestServer rest = startRest()) {
            RestClient client = clientOf(rest);
            CompletableFuture<RestClient.Reply> inFlight = CompletableFuture.supplyAsync(() -> slow(client));
            await().untilAsserted(() -> assertThat(ConformanceSuite.value(
                            first.jdbcUrl(),
                            "select count(*) from pg_stat_activity where state = 'active' and query like '%\"slow\"%'"
                                    + " and pid <> pg_backend_pid()"))
                    .isEqualTo("1"));

            kill();

            ServerFailureTest.assertLostConnection(inFlight.get(30, TimeUnit.SECONDS));
            await().untilAsserted(() -> assertUnavailable(client.post(UPSERT, MERGE, ROW)));
            first.close();
            try (EmbeddedPostgresServer second = EmbeddedPostgresServer.start(options)) {
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(
                                () -> assertThat(client.post(UPSERT, MERGE, ROW).status())
                                        .isEqualTo(201));
                assertThat(second.port()).isEqualTo(options.port());
            }
        }
    }

    @Test
    void startsBeforeItsDatabase() throws Exception {
        startWithTables().close();
        try (PostgrestServer rest = startRest()) {
            RestClient client = clientOf(rest);

            assertUnavailable(client.get("/property_listings"));
            try (EmbeddedPostgresServer late = EmbeddedPostgresServer.start(options)) {
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(
                                        client.get("/property_listings").status())
                                .isEqualTo(200));
                assertThat(late.port()).isEqualTo(options.port());
            }
        }
    }

    private static void assertUnavailable(RestClient.Reply reply) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("0");
        assertThat(reply.body()).isEqualTo(NO_SCHEMA_CACHE);
    }

    private EmbeddedPostgresServer startWithTables() {
        EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(options);
        postgres.apply("1_recorded_tables", Listings.SETUP);
        return postgres;
    }

    private PostgrestServer startRest() throws IOException {
        String jdbcUrl = "jdbc:postgresql://127.0.0.1:" + options.port() + "/postgres?user=authenticator";
        return PostgrestServer.start(PostgrestOptions.on(jdbcUrl, RestClient.SECRET));
    }

    private static RestClient clientOf(PostgrestServer rest) {
        return new RestClient(rest.uri().toString(), RestClient.SECRET);
    }

    private static RestClient.Reply slow(RestClient client) {
        try {
            return client.post("/rpc/slow", "return=minimal", "{\"secs\": 30}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void kill() throws Exception {
        String pid = Files.readAllLines(folder.resolve("cluster/postmaster.pid"))
                .get(0)
                .strip();
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get(10, TimeUnit.SECONDS);
    }
}
