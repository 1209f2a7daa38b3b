package com.listingsync.embedded.postgrest;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.embedded.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than one exposed schema, chosen by Accept-Profile and Content-Profile as by PostgREST's own (db-schemas). */
class SchemasTest {

    private static final Map<String, String> WRITES_SHADOW =
            Map.of("Content-Profile", "shadow", "Content-Type", "application/json");
    private static final Map<String, String> READS_SHADOW = Map.of("Accept-Profile", "shadow");

    @TempDir
    static Path folder;

    private static EmbeddedPostgresServer postgres;
    private static PostgrestServer rest;
    private static RestClient client;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgresServer.start(folder);
        postgres.apply("1_tables", """
                create schema shadow;
                grant usage on schema shadow to service_role;
                create table public.homes (id text primary key, city text);
                create table shadow.homes (id text primary key, city text);
                create table shadow.drafts (id text primary key);
                create function shadow.answer() returns integer language sql as 'select 42';
                grant all on all tables in schema shadow to service_role;
                """);
        rest = PostgrestServer.start(PostgrestOptions.on(postgres.jdbcUrl("authenticator"), RestClient.SECRET)
                .withSchemas(List.of("public", "shadow", "not_there")));
        client = new RestClient(rest.uri().toString(), RestClient.SECRET);
    }

    @AfterAll
    static void stop() {
        rest.close();
        postgres.close();
    }

    @Test
    void writesAndReadsTheSchemaThatIsNamed() throws IOException {
        assertThat(post("/homes", Map.of("Content-Type", "application/json"), "[{\"id\":\"1\",\"city\":\"Oslo\"}]"))
                .isEqualTo(201);
        assertThat(post("/homes", WRITES_SHADOW, "[{\"id\":\"1\",\"city\":\"Bergen\"}]"))
                .isEqualTo(201);

        assertThat(get("/homes", Map.of()).body()).contains("Oslo").doesNotContain("Bergen");
        assertThat(get("/homes", Map.of("Accept-Profile", "public")).body()).contains("Oslo");
        assertThat(get("/homes", READS_SHADOW).body()).contains("Bergen").doesNotContain("Oslo");
    }

    @Test
    void hasTablesAndFunctionsOfTheSchemaThatIsNamed() throws IOException {
        assertThat(get("/drafts", READS_SHADOW).status()).isEqualTo(200);
        assertThat(get("/drafts", Map.of()).code()).isEqualTo("PGRST205");
        assertThat(get("/rpc/answer", READS_SHADOW).body()).isEqualTo("42");
        assertThat(get("/rpc/answer", Map.of()).code()).isEqualTo("PGRST202");
    }

    /** postgrest-wire.md 88, with the list of what is exposed. */
    @Test
    void refusesASchemaThatIsNotExposed() throws IOException {
        RestClient.Reply reply = get("/homes", Map.of("Accept-Profile", "private"));

        assertThat(reply.status()).isEqualTo(406);
        assertThat(reply.body())
                .isEqualTo(
                        "{\"code\":\"PGRST106\",\"details\":null,\"hint\":\"Only the following schemas are exposed: public, shadow,"
                                + " not_there\",\"message\":\"Invalid schema: private\"}");
    }

    @Test
    void findsNothingInASchemaThatDoesNotExist() throws IOException {
        assertThat(get("/homes", Map.of("Accept-Profile", "not_there")).code()).isEqualTo("PGRST205");
    }

    private static RestClient.Reply get(String path, Map<String, String> headers) throws IOException {
        return client.send("GET", path, RecordedCase.As.SERVICE_ROLE, headers, null);
    }

    private static int post(String path, Map<String, String> headers, String json) throws IOException {
        return client.send("POST", path, RecordedCase.As.SERVICE_ROLE, headers, json.getBytes(StandardCharsets.UTF_8))
                .status();
    }
}
