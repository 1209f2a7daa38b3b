package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Replays and reprocesses over HTTP, and their trials. */
abstract class ReplaysByHttpSpec {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ApiCalls api;

    ReplaysByHttpSpec(RunningSample sample) {
        this.api = new ApiCalls(sample);
    }

    @Test
    void replaysRowsPausesThemAndGoesOnUntilTheyAreStopped() {
        String replay = api.post(202, "/api/replays", "{\"topic\":\"rows\",\"rate\":15}")
                .path("replay")
                .asText();
        awaitReplay(replay, "running");

        api.post(202, "/api/replays/" + replay + "/pause", "{}");
        awaitReplay(replay, "paused");
        api.post(202, "/api/replays/" + replay + "/resume", "{}");
        awaitReplay(replay, "running");
        api.post(202, "/api/replays/" + replay + "/stop", "{}");

        awaitReplay(replay, "stopped");
        assertThat(api.call("POST", "/api/replays/" + replay + "/pause", "{}").statusCode())
                .isEqualTo(409);
        assertThat(api.get("/api/replays").path("items").findValuesAsText("replay"))
                .contains(replay);
    }

    @Test
    void triesAReplayAndAReprocessBeforeItAsksForOne() {
        JsonNode replay = api.worked("/api/replays/trials", "{\"topic\":\"rows\",\"entities\":[\"rooms\"]}");
        JsonNode reprocess = api.worked("/api/reprocess/trials", "{\"entities\":[\"rooms\"]}");
        String wrong = api.call("POST", "/api/reprocess/trials", "{\"mapping\":\"tables: 7\"}")
                .body();
        String run = api.post(202, "/api/reprocess", "{\"entities\":[\"rooms\"],\"keys\":[\"nowhere-1\"]}")
                .path("run")
                .asText();

        assertThat(replay.at("/result/tables/property_rooms").isMissingNode())
                .as(replay.toString())
                .isFalse();
        assertThat(reprocess.path("state").asText()).as(reprocess.toString()).isEqualTo("ended");
        assertThat(wrong).contains("mapping: it can't be used");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(api.call("GET", "/api/runs/" + run, "").statusCode())
                                .isEqualTo(200));
    }

    private void awaitReplay(String replay, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                api.get("/api/replays/" + replay).path("state").asText())
                        .isEqualTo(state));
    }
}
