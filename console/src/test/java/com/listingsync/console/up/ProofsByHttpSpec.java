package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is compared over HTTP: Supabase, the log, the sources, tables of an older sync, and the deployment with what it must be. */
abstract class ProofsByHttpSpec {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RunningSample sample;
    private final ApiCalls api;
    private final Tables tables;

    ProofsByHttpSpec(RunningSample sample) {
        this.sample = sample;
        this.api = new ApiCalls(sample);
        this.tables = sample.tables();
    }

    @Test
    void findsARowThatSomebodyDeletedAndMendsIt() throws Exception {
        String room = tables.row("select room_key from property_rooms where deleted_at is null limit 1")
                .get("room_key");
        tables.execute("delete from public.property_rooms where room_key = '" + room + "'");

        JsonNode found = api.verified("{\"tables\":[\"property_rooms\"]}");
        JsonNode mended = api.verified("{\"tables\":[\"property_rooms\"],\"repair\":true}");

        assertThat(found.at("/result/inSync").asBoolean()).isFalse();
        assertThat(found.at("/result/tables/property_rooms/missing").asInt()).isEqualTo(1);
        assertThat(found.path("requestedBy").asText()).isEqualTo("api:local");
        assertThat(mended.at("/repair/done/sent").asInt()).isEqualTo(1);
        assertThat(mended.at("/result/inSync").asBoolean()).isTrue();
        assertThat(tables.count("property_rooms where room_key = ?", room)).isEqualTo(1);
        assertThat(api.get("/api/audit?limit=50").path("items").findValuesAsText("action"))
                .contains("verify", "verify repair");
    }

    @Test
    void keepsTheProofOfTheWholeProject() {
        JsonNode whole = api.verified("{}");

        assertThat(whole.path("state").asText()).isEqualTo("ended");
        assertThat(api.get("/api/verify").at("/last/whole").asBoolean()).isTrue();
        assertThat(sample.metrics("console"))
                .as("what was asked for by HTTP is in the meters too")
                .containsPattern("listings_verify_last_seconds 1\\.\\d+E9");
        assertThat(api.get("/api/verify").path("running").isNull()).isTrue();
        assertThat(api.call("POST", "/api/verify", "{\"tables\":[\"nothing\"]}").body())
                .contains("tables: there is no table 'nothing'");
        assertThat(api.call("POST", "/api/verify", "{\"deleteExtra\":true}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void comparesTheLogWithItsSourcesFirst() {
        String number = tables.row("select property_number from property_listings where deleted_at is null limit 1")
                .get("property_number");

        JsonNode found = api.verified("{\"source\":true,\"keys\":[\"" + number + "\"],\"grace\":20,\"show\":3}");

        assertThat(found.path("state").asText()).as(found.toString()).isEqualTo("ended");
        assertThat(found.at("/source/feeds").properties()).isNotEmpty();
        assertThat(found.at("/result/inSync").asBoolean()).isTrue();
    }

    @Test
    void comparesTablesOfTheSameProject() {
        tables.execute("create table old_rooms as select * from property_rooms where deleted_at is null;"
                + " grant select on old_rooms to service_role");

        JsonNode found = await().atMost(PATIENCE)
                .until(
                        () -> api.worked(
                                "/api/compare",
                                "{\"against\":\"old_rooms\",\"tables\":[\"property_rooms\"],\"hideValues\":true}"),
                        compared -> compared.at("/result/same").asBoolean());

        assertThat(found.path("state").asText()).as(found.toString()).isEqualTo("ended");
        assertThat(api.call("POST", "/api/compare", "{\"against\":\"public.*\"}")
                        .body())
                .as("the tables themselves")
                .contains("names the very tables");
        HttpResponse<String> page =
                api.call("GET", "/api/compare/" + found.path("job").asText() + "/report", "");
        assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(page.body()).contains("property_rooms");
        assertThat(api.call("POST", "/api/compare", "{}").statusCode()).isEqualTo(400);
        assertThat(api.call("POST", "/api/compare", "{\"against\":\"http://169.254.169.254/\"}")
                        .statusCode())
                .as("no address comes by HTTP")
                .isEqualTo(400);
        assertThat(api.call("POST", "/api/compare", "{\"target\":\"elsewhere\"}")
                        .body())
                .contains("target: there is no project 'elsewhere'");
    }

    @Test
    void looksAtTheDeploymentAsADoctor() {
        JsonNode found = api.worked("/api/doctor", "{\"fix\":true}");

        assertThat(found.at("/result/findings").findValuesAsText("area")).contains("machine", "kafka", "supabase");
        assertThat(found.at("/result/findings").findValuesAsText("level")).doesNotContain("bad");
        assertThat(api.get("/api/doctor").at("/last/job")).isEqualTo(found.path("job"));
        assertThat(api.get("/api/jobs?kind=doctor").at("/items/0/state").asText())
                .isEqualTo("ended");
        assertThat(api.get("/api/audit?limit=100").path("items").findValuesAsText("action"))
                .contains("doctor");
    }
}
