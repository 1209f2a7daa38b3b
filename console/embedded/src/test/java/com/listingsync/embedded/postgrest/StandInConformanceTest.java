package com.listingsync.embedded.postgrest;

import com.listingsync.embedded.postgres.EmbeddedPostgresServer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in answers every recorded case as a real PostgREST did. */
class StandInConformanceTest {
    @TempDir
    static Path folder;

    private static EmbeddedPostgresServer postgres;
    private static PostgrestServer rest;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgresServer.start(folder);
        postgres.apply("1_recorded_tables", Listings.SETUP);
        rest = PostgrestServer.start(PostgrestOptions.on(postgres.jdbcUrl("authenticator"), RestClient.SECRET));
    }

    @AfterAll
    static void stop() {
        rest.close();
        postgres.close();
    }

    @TestFactory
    Stream<DynamicContainer> answersAsRecorded() {
        return new ConformanceSuite(new RestClient(rest.uri().toString(), RestClient.SECRET), postgres.jdbcUrl())
                .sections();
    }
}
