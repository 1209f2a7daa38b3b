package com.listingsync.console.api;

import static com.listingsync.console.api.ApiUnderTest.APPLICATION_JSON;
import static com.listingsync.console.api.ApiUnderTest.CRON;
import static com.listingsync.console.api.ApiUnderTest.JSON;
import static com.listingsync.console.api.ConsoleUnderTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.console.ConsoleApp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a call to the API asks of the producers, and how often when it comes twice. */
abstract class CommandsSpec {

    private final ConsoleUnderTest world;
    private final ConsoleApp open;
    private final ConsoleApp locked;

    CommandsSpec(ApiUnderTest api) {
        world = api.world;
        open = api.open;
        locked = api.locked;
    }

    @Test
    void asksTheProducersForTheListingsNamed() {
        HttpResponse<String> answer = world.post(
                open,
                "/api/sync/property-listings/manual",
                "{\"force\":true,\"batchSize\":50,\"propertyNumbers\":[\"P-1\",\"P-2\"]}",
                JSON,
                APPLICATION_JSON);

        String run = json(answer).path("syncId").asText();
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("location")).hasValue("/api/sync/property-listings/status/" + run);
        assertThat(json(answer).path("note").asText()).contains("at most its feed's page_size");
        await().untilAsserted(() -> assertThat(world.commands)
                .filteredOn(command -> command.run().equals(run))
                .singleElement()
                .satisfies(command -> {
                    assertThat(command.connection()).isEqualTo("sheet");
                    assertThat(command.keys()).containsExactly("P-1", "P-2");
                    assertThat(command.force()).isTrue();
                    assertThat(command.pageSize()).isEqualTo(50);
                }));
    }

    @Test
    void followsACallWithTheSameIdempotencyKeyOnce() {
        String body = "{\"connections\":[\"mls/media\"]}";

        HttpResponse<String> first =
                world.post(open, "/api/sync", body, JSON, APPLICATION_JSON, "idempotency-key", "k1");
        HttpResponse<String> again =
                world.post(open, "/api/sync", body, JSON, APPLICATION_JSON, "idempotency-key", "k1");
        HttpResponse<String> other =
                world.post(open, "/api/sync", "{}", JSON, APPLICATION_JSON, "idempotency-key", "k1");

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("idempotent-replayed")).hasValue("true");
        assertThat(other.statusCode()).isEqualTo(422);
        String run = json(first).path("run").asText();
        await().untilAsserted(() -> assertThat(world.commands)
                .filteredOn(command -> command.run().equals(run))
                .hasSize(1));
    }

    @Test
    void followsACallOnceWhicheverConsoleItComesToAndThoughTheFirstIsGone() {
        String body = "{\"connections\":[\"mls/media\"],\"force\":true}";
        ConsoleApp before = world.console(Map.of());

        HttpResponse<String> first =
                world.post(before, "/api/sync", body, JSON, APPLICATION_JSON, "idempotency-key", "k2");
        world.stop(before);
        ConsoleApp after = world.console(Map.of());
        HttpResponse<String> again =
                world.post(after, "/api/sync", body, JSON, APPLICATION_JSON, "idempotency-key", "k2");
        HttpResponse<String> elsewhere =
                world.post(open, "/api/sync", body, JSON, APPLICATION_JSON, "idempotency-key", "k2");
        HttpResponse<String> other =
                world.post(after, "/api/sync", "{}", JSON, APPLICATION_JSON, "idempotency-key", "k2");
        world.stop(after);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(first.headers().firstValue("idempotent-replayed")).isEmpty();
        for (HttpResponse<String> same : List.of(again, elsewhere)) {
            assertThat(same.statusCode()).isEqualTo(202);
            assertThat(same.body()).isEqualTo(first.body());
            assertThat(same.headers().firstValue("idempotent-replayed")).hasValue("true");
            assertThat(same.headers().firstValue("location"))
                    .isEqualTo(first.headers().firstValue("location"));
        }
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(world.commands)
                .filteredOn(command -> command.force() && command.feeds().equals(List.of("media")))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void asksForOneRunWhenTwoConsolesGetTheSameCallAtOnce() {
        String body = "{\"connections\":[\"mls/property\"],\"sweep\":\"sweep\"}";
        ConsoleApp second = world.console(Map.of());

        List<HttpResponse<String>> answers = List.of(open, second, open, second).parallelStream()
                .map(app -> world.post(app, "/api/sync", body, JSON, APPLICATION_JSON, "idempotency-key", "k3"))
                .toList();
        world.stop(second);

        assertThat(answers).extracting(HttpResponse::statusCode).allMatch(status -> status == 202 || status == 409);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 202)
                .extracting(HttpResponse::body)
                .isNotEmpty()
                .containsOnly(answers.stream()
                        .filter(answer -> answer.statusCode() == 202)
                        .findFirst()
                        .orElseThrow()
                        .body());
        await().untilAsserted(() -> assertThat(world.commands)
                .filteredOn(command -> command.sweep() == SyncCommand.Sweep.SWEEP)
                .hasSize(1));
    }

    @Test
    void refusesAConnectionThatIsNotThereWithThoseThatAre() {
        HttpResponse<String> answer =
                world.post(open, "/api/sync", "{\"connections\":[\"nowhere\"]}", JSON, APPLICATION_JSON);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("detail").asText())
                .isEqualTo("connections: there is no connection 'nowhere'; there are mls, sheet");
    }

    @Test
    void letsTheSchedulerStartOneRunAtATime() {
        assertThat(world.post(open, "/api/cron/sync-mls-status", "").statusCode())
                .isEqualTo(401);
        assertThat(world.post(open, "/api/cron/sync-mls-status", "", "authorization", "Bearer wrong")
                        .statusCode())
                .isEqualTo(401);

        HttpResponse<String> answer =
                world.post(open, "/api/cron/sync-mls-status", "", "authorization", "Bearer " + CRON);

        assertThat(answer.statusCode()).isEqualTo(202);
        String run = json(answer).path("run").asText();
        await().untilAsserted(() -> assertThat(world.commands)
                .filteredOn(command -> command.run().equals(run))
                .singleElement()
                .satisfies(command -> assertThat(command.feeds()).containsExactly("property")));
        assertThat(json(world.get(open, "/api/cron/sync-mls-status"))
                        .path("status")
                        .asText())
                .isEqualTo("ok");
        assertThat(world.post(locked, "/api/cron/sync-mls-status", "").statusCode())
                .isEqualTo(503);
    }

    @Test
    void comparesOneAtATimeAndSaysSo() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ConsoleApp app = world.console(Map.of(
                    "SUPABASE_URL",
                    "http://127.0.0.1:" + silent.getLocalPort(),
                    "SUPABASE_SERVICE_ROLE_KEY",
                    "a-key-of-the-tests"));

            HttpResponse<String> first = world.post(app, "/api/verify", "{}", JSON, APPLICATION_JSON);
            HttpResponse<String> second = world.post(app, "/api/verify", "{}", JSON, APPLICATION_JSON);

            String id = json(first).path("verify").asText();
            assertThat(first.statusCode()).isEqualTo(202);
            assertThat(first.headers().firstValue("location")).hasValue("/api/verify/" + id);
            assertThat(second.statusCode()).isEqualTo(409);
            assertThat(json(second).path("detail").asText())
                    .isEqualTo("comparison " + id + " is under way; one is made at a time");
            assertThat(json(world.get(app, "/api/verify")).at("/running/verify").asText())
                    .isEqualTo(id);
            assertThat(world.get(app, "/api/verify/nothing").statusCode()).isEqualTo(404);
        }
    }
}
