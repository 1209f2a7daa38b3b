package com.listingsync.embedded.postgrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The recorded cases against a real PostgREST, which shows that the suite itself is right.
 *
 * <p>Wants {@code POSTGREST_URL}, {@code POSTGREST_JDBC_URL} (its database, as a superuser; the tables of the recordings are dropped and
 * made there; the roles {@code anon}, {@code authenticated} and {@code service_role} exist) and {@code POSTGREST_JWT_SECRET}.
 */
@EnabledIfEnvironmentVariable(
        named = "POSTGREST_URL",
        matches = ".+",
        disabledReason = "POSTGREST_URL is not given: no real PostgREST to compare with")
@EnabledIfEnvironmentVariable(
        named = "POSTGREST_JDBC_URL",
        matches = ".+",
        disabledReason = "POSTGREST_JDBC_URL is not given: no way into the database of the real PostgREST")
class RealPostgrestConformanceTest {
    @TestFactory
    Stream<DynamicContainer> answersAsRecorded() throws Exception {
        String url = System.getenv("POSTGREST_URL");
        String jdbcUrl = System.getenv("POSTGREST_JDBC_URL");
        RestClient client =
                new RestClient(url, System.getenv().getOrDefault("POSTGREST_JWT_SECRET", RestClient.SECRET));
        String marker = "marker_" + System.nanoTime();

        ConformanceSuite.execute(jdbcUrl, Listings.SETUP);
        ConformanceSuite.execute(
                jdbcUrl,
                "create table " + marker + " (); grant select on " + marker
                        + " to service_role; notify pgrst, 'reload schema'");
        await().untilAsserted(
                        () -> assertThat(client.get("/" + marker).status()).isEqualTo(200));
        ConformanceSuite.execute(jdbcUrl, "drop table " + marker);

        return new ConformanceSuite(client, jdbcUrl).sections();
    }
}
