package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.embedded.mls.SampleMls;
import org.junit.jupiter.api.Test;

/** Syncs that are asked for over HTTP, and feeds that are paused. */
abstract class SyncsByHttpSpec {

    private final RunningSample sample;
    private final ApiCalls api;
    private final Tables tables;

    SyncsByHttpSpec(RunningSample sample) {
        this.sample = sample;
        this.api = new ApiCalls(sample);
        this.tables = sample.tables();
    }

    @Test
    void pausesAFeedAndLetsItGoOn() {
        String target = "feed/mls-vow/media";

        api.post(200, "/api/pause", "{\"target\":\"" + target + "\",\"why\":\"the board asked\"}");
        JsonNode paused = api.get("/api/pauses");
        api.post(200, "/api/resume", "{\"target\":\"" + target + "\"}");

        assertThat(paused.at("/items/0/target").asText()).isEqualTo(target);
        assertThat(paused.at("/items/0/by").asText()).isEqualTo("api:local");
        assertThat(paused.at("/items/0/why").asText()).isEqualTo("the board asked");
        assertThat(api.get("/api/pauses").path("items")).isEmpty();
    }

    @Test
    void syncsPropertyNumbersByHandToTheirEnd() {
        String number = tables.row("select property_number from property_listings where deleted_at is null limit 1")
                .get("property_number");

        JsonNode accepted = api.post(
                202,
                "/api/sync/property-listings/manual",
                "{\"force\":true,\"batchSize\":50,\"propertyNumbers\":[\"" + number + "\",\"nowhere-9\"]}");

        String status = accepted.at("/links/status").asText();
        JsonNode ended = api.endedAt(status);
        assertThat(ended.path("totalItems").asInt()).isEqualTo(1);
        assertThat(ended.path("failedCount").asInt()).isZero();
        assertThat(ended.path("progress").asInt()).isEqualTo(100);
        assertThat(ended.at("/missingKeys/0").asText()).isEqualTo("nowhere-9");
    }

    @Test
    void asksAnMlsForAsManyRecordsAtATimeAsTheRunNames() {
        SampleMls mls = sample.stack().samples().orElseThrow().mls();
        mls.forgetAsked();

        String run = api.post(
                        202, "/api/sync", "{\"connections\":[\"mls-vow/openhouse\"],\"force\":true,\"batchSize\":7}")
                .path("run")
                .asText();

        JsonNode ended = api.endedAt("/api/sync/property-listings/status/" + run);
        assertThat(ended.at("/batchSizes/mls-vow~1openhouse").asInt()).isEqualTo(7);
        assertThat(api.get("/api/runs/" + run).at("/feeds/0/pageSize").asInt()).isEqualTo(7);
        assertThat(mls.asked())
                .filteredOn(request -> request.contains("OpenHouse") && !request.endsWith("$top=1"))
                .isNotEmpty()
                .allMatch(request -> request.contains("$top=7"));
    }
}
