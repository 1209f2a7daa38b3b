package com.listingsync.console.api;

import static com.listingsync.console.api.ApiUnderTest.RUNS;
import static com.listingsync.console.api.ConsoleUnderTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.console.ConsoleApp;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the API tells of runs, and of how syncing goes. */
abstract class RunsSpec {

    private final ConsoleUnderTest world;
    private final ConsoleApp open;

    RunsSpec(ApiUnderTest api) {
        world = api.world;
        open = api.open;
    }

    @Test
    void showsRunsPageByPageTheNewestFirst() {
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = json(world.get(open, "/api/runs?limit=10&trigger=schedule" + next));
            page.path("items").forEach(run -> seen.add(run.path("run").asText()));
            next = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asText();
        } while (!next.isEmpty());

        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, RUNS)
                        .mapToObj(i -> String.format("run-%02d", RUNS - 1 - i))
                        .toList());
    }

    @Test
    void showsOnlyRunsThatStandAsAskedFor() {
        JsonNode page = json(world.get(open, "/api/runs?status=partial"));

        assertThat(page.path("items")).hasSize(1);
        assertThat(page.at("/items/0/run").asText()).isEqualTo("run-03");
        assertThat(page.at("/items/0/refused").asInt()).isEqualTo(7);
    }

    @Test
    void showsARunFeedByFeedAndInTotals() {
        JsonNode run = json(world.get(open, "/api/runs/run-03"));
        JsonNode status = json(world.get(open, "/api/sync/property-listings/status/run-03"));

        assertThat(run.at("/feeds/0/counts/refused.bad-value").asInt()).isEqualTo(7);
        assertThat(status.path("status").asText()).isEqualTo("partial");
        assertThat(status.path("totalItems").asInt()).isEqualTo(100);
        assertThat(status.path("successCount").asInt()).isEqualTo(93);
        assertThat(status.path("failedCount").asInt()).isEqualTo(7);
        assertThat(status.path("progress").asInt()).isEqualTo(100);
    }

    @Test
    void refusesARunThatIsNotThere() {
        HttpResponse<String> answer = world.get(open, "/api/runs/none");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(json(answer).path("detail").asText()).isEqualTo("there is no run 'none'");
    }

    @Test
    void saysWhetherSyncingGoesWell() {
        JsonNode health = json(world.get(open, "/api/sync/property-listings/health"));

        assertThat(health.path("status").asText()).isEqualTo("healthy");
        assertThat(health.path("errorRate").asDouble()).isEqualTo(0.28);
        assertThat(health.path("avgSyncDuration").asDouble()).isEqualTo(1.0);
        assertThat(health.path("lastSync").asText()).isNotEmpty();
        assertThat(health.has("queueSize")).isTrue();
        assertThat(health.path("circuitBreakerState").asText()).isEqualTo("unknown");
    }
}
