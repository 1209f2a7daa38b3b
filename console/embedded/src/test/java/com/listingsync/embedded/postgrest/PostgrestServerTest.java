package com.listingsync.embedded.postgrest;

import static com.listingsync.embedded.postgrest.RecordedCase.MERGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.embedded.postgres.EmbeddedPostgresServer;
import com.listingsync.embedded.postgrest.RecordedCase.As;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stand-in does beyond the recorded cases. */
class PostgrestServerTest {
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
        rest = PostgrestServer.start(options().withMaxRows(OptionalLong.of(3)));
        client = new RestClient(rest.uri().toString(), RestClient.SECRET);
    }

    @AfterAll
    static void stop() {
        rest.close();
        postgres.close();
    }

    @BeforeEach
    void fillTable() throws Exception {
        ConformanceSuite.execute(postgres.jdbcUrl(), "truncate property_listings cascade");
        client.post(UPSERT, MERGE, Listings.listings(0, 5));
    }

    @Nested
    class BehindTheGatewayPath {
        @Test
        void wantsAnApiKey() throws Exception {
            RestClient.Reply reply = client.get("/rest/v1/property_listings");

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.body()).contains("No API key found in request");
        }

        @Test
        void refusesAKeyOfAnotherProject() throws Exception {
            RestClient.Reply reply = get("/rest/v1/property_listings", Map.of("apikey", "made-up"));

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.body()).contains("Invalid API key");
        }

        @Test
        void answersAsPostgrestDoes() throws Exception {
            RestClient.Reply reply = get(
                    "/rest/v1/property_listings?select=price&property_number=eq.P00001",
                    Map.of("apikey", rest.anonKey()));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("[{\"price\":100001}]");
            assertThat(reply.header("Content-Location")).startsWith("/property_listings?");
        }
    }

    @Nested
    class AMaximumOfRows {
        @Test
        void cutsReads() throws Exception {
            RestClient.Reply reply = get("/property_listings?limit=4", Map.of("Prefer", "count=exact"));

            assertThat(reply.status()).isEqualTo(206);
            assertThat(reply.header("Content-Range")).isEqualTo("0-2/5");
        }

        @Test
        void leavesWritesWhole() throws Exception {
            RestClient.Reply reply = client.post(
                    UPSERT + "&select=property_number",
                    "resolution=merge-duplicates,return=representation,count=exact",
                    Listings.listings(0, 5));

            assertThat(reply.header("Content-Range")).isEqualTo("*/5");
            assertThat(reply.body()).contains("P00000", "P00004");
        }
    }

    @Nested
    class Filters {
        @Test
        void areAllMet() throws Exception {
            assertThat(numbers("price=gt.100000&price=lte.100003&property_number=neq.P00002"))
                    .isEqualTo("P00001 P00003");
            assertThat(numbers("property_number=like.*3&title=ilike.house*")).isEqualTo("P00003");
            assertThat(numbers("property_number=not.in.(P00000,P00001,P00002)&status=not.is.null"))
                    .isEqualTo("P00003 P00004");
            assertThat(numbers("offset=3")).isEqualTo("P00003 P00004");
        }

        private String numbers(String query) throws IOException {
            String json = client.get(
                            "/property_listings?select=number:property_number&order=property_number.asc&" + query)
                    .body();
            return json.replaceAll("[^P0-9 ]|number", "").replaceAll(" +", " ").strip();
        }
    }

    @Test
    void givesColumnsAnAlias() throws Exception {
        RestClient.Reply reply =
                client.get("/property_listings?select=key:property_number,price&order=price.desc.nullslast&limit=1");

        assertThat(reply.body()).isEqualTo("[{\"key\":\"P00004\",\"price\":100004}]");
    }

    @Test
    void answersOneObjectWhenAsked() throws Exception {
        RestClient.Reply reply = get(
                "/property_listings?select=price&property_number=eq.P00001",
                Map.of("Accept", "application/vnd.pgrst.object+json"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"price\":100001}");
    }

    @Test
    void leavesBrokenJsonToPostgresqlWhenColumnsAreNamed() throws Exception {
        RestClient.Reply reply =
                client.post(UPSERT + "&columns=property_number,price", MERGE, "[{\"property_number\":");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("22P02");
    }

    @Test
    void refusesAPutThatDoesNotNameTheWholeKey() throws Exception {
        RestClient.Reply reply = client.send(
                RecordedCase.recorded(0, "").send("PUT", "/property_listings?title=eq.x", Listings.listing(1)));

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.code()).isEqualTo("PGRST105");
    }

    @Test
    void describesItsTablesAtTheRoot() throws Exception {
        RestClient.Reply reply = client.get("/");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/openapi+json");
        assertThat(reply.body()).contains("\"/property_listings\"", "\"/rpc/add_them\"");
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        RestClient.Reply reply = client.send("HEAD", "/property_listings?limit=1", As.SERVICE_ROLE, Map.of(), null);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Range")).isEqualTo("0-0/*");
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void keepsItsKeysOverARestart() throws Exception {
        try (PostgrestServer another = PostgrestServer.start(options())) {
            assertThat(another.serviceRoleKey()).isEqualTo(rest.serviceRoleKey());
            assertThat(another.requests()).isZero();
        }
    }

    @Test
    void namesThePortThatIsTaken() {
        int taken = rest.uri().getPort();

        assertThatThrownBy(() -> PostgrestServer.start(options().withPort(taken)))
                .isInstanceOf(IOException.class)
                .hasMessage("Port " + taken + " on 127.0.0.1 is taken: expected a free port for the REST server.");
    }

    @Test
    void closesTwiceWithoutComplaint() throws Exception {
        PostgrestServer another = PostgrestServer.start(options());

        another.close();
        another.close();
    }

    private static PostgrestOptions options() {
        return PostgrestOptions.on(postgres.jdbcUrl("authenticator"), RestClient.SECRET);
    }

    private static RestClient.Reply get(String path, Map<String, String> headers) throws IOException {
        return client.send("GET", path, As.SERVICE_ROLE, headers, null);
    }
}
