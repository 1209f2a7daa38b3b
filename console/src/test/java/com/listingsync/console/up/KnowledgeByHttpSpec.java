package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What there is to know over HTTP: mapping, topics, settings, alerts, and the story of a listing. */
abstract class KnowledgeByHttpSpec {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RunningSample sample;
    private final ApiCalls api;
    private final Tables tables;

    KnowledgeByHttpSpec(RunningSample sample) {
        this.sample = sample;
        this.api = new ApiCalls(sample);
        this.tables = sample.tables();
    }

    @Test
    void showsTheMappingAndSaysWhatIsWrongWithANewOne() {
        String standard = api.call("GET", "/api/mapping", "").body();
        JsonNode good = api.post(
                200,
                "/api/mapping/check",
                Json.MAPPER
                        .createObjectNode()
                        .put("mapping", standard)
                        .put("entity", "property")
                        .set("samples", ApiCalls.parsed("[{\"ListingKey\":\"X1\",\"ListPrice\":1}]"))
                        .toString());
        JsonNode bad = api.post(200, "/api/mapping/check", "{\"mapping\":\"tables: 7\"}");

        assertThat(standard).contains("properties");
        assertThat(good.path("valid").asBoolean()).isTrue();
        assertThat(good.path("sample")).as(good.toString()).hasSize(1);
        assertThat(bad.path("valid").asBoolean()).isFalse();
        assertThat(bad.path("errors")).isNotEmpty();
        assertThat(api.get("/api/mapping/columns").path("items").findValuesAsText("column"))
                .contains("list_price");
        assertThat(api.get("/api/mapping/schema").path("$schema").asText()).contains("2020-12");
    }

    @Test
    void describesTopicsAndTheRightsOnThem() {
        JsonNode rows = api.get("/api/topics/rows");
        JsonNode applied = api.post(200, "/api/topics/apply", "{}");
        JsonNode acls = api.get("/api/topics/acls?sink=User:writer");

        assertThat(rows.path("topic").asText()).isEqualTo("listings.rows");
        assertThat(rows.path("partitions").size()).isPositive();
        assertThat(applied.path("created")).isEmpty();
        assertThat(applied.path("contradictions")).isEmpty();
        assertThat(acls.path("items").toString()).contains("User:writer").doesNotContain("User:sink");
        assertThat(api.call("GET", "/api/topics/nothing", "").statusCode()).isEqualTo(404);
    }

    @Test
    void saysWhatThereIsToSetAndToMeasure() {
        assertThat(api.get("/api/settings/all").path("items").toString()).contains("SYNC_CONSOLE_PROJECTS");
        assertThat(api.get("/api/meters").path("items")).isNotEmpty();
        assertThat(api.get("/api/version").path("kafkaClient").asText()).isNotBlank();
    }

    @Test
    void tellsTheStoryOfAListingAsTheCommandLineDoes() {
        String listing = sample.world().records(Resource.PROPERTY, Feed.VOW).stream()
                .map(record -> record.get("ListingKey").asText())
                .filter(key -> tables.count("properties where deleted_at is null and listing_key = ?", key) == 1)
                .findFirst()
                .orElseThrow();

        JsonNode trace = api.get("/api/listings/" + URLEncoder.encode(listing, StandardCharsets.UTF_8) + "/trace");
        JsonNode typed = sample.json("trace", listing);

        assertThat(trace.path("state").asText()).isEqualTo("in-step");
        assertThat(trace.path("events").size()).isGreaterThan(2);
        assertThat(trace).isEqualTo(typed);
        assertThat(api.get("/api/listings/" + listing + "/trace?since=2030-01-01T00:00:00Z")
                        .path("events")
                        .findValuesAsText("kind"))
                .doesNotContain("fetched");
        assertThat(api.get("/api/listings/nowhere-1/trace").path("state").asText())
                .isEqualTo("unknown-key");
        assertThat(api.call("GET", "/api/listings/nowhere-1/trace?since=2030-99-01T00:00:00Z", "")
                        .body())
                .contains("since: expected a time such as");
    }

    @Test
    void knowsEveryAlertWithWhatToDo() {
        JsonNode alerts = await().atMost(PATIENCE)
                .until(() -> api.call("GET", "/api/alerts", ""), answer -> answer.statusCode() == 200)
                .body()
                .transform(ApiCalls::parsed);

        assertThat(alerts.path("items").findValuesAsText("name"))
                .contains("ServiceDown", "BreakerOpen", "FeedStale", "DeadLettersGrowing", "VerifyDifferences");
        assertThat(alerts.path("items")).allSatisfy(alert -> {
            assertThat(alert.path("words").asText()).isNotBlank();
            assertThat(alert.path("state").asText()).isIn("quiet", "pending", "firing");
        });
        assertThat(alerts.path("items"))
                .filteredOn(alert -> alert.path("name").asText().equals("ServiceDown"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.path("state").asText()).isEqualTo("quiet"));
    }
}
