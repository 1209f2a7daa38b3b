package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls of the HTTP API of a running sample, as a program makes them. */
final class ApiCalls {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String console;

    ApiCalls(RunningSample sample) {
        this.console = sample.address("console");
    }

    /** What a GET that succeeds answers. */
    JsonNode get(String path) {
        HttpResponse<String> answer = call("GET", path, "");
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return json(answer);
    }

    /** What a POST answers that ends with this status. */
    JsonNode post(int status, String path, String body) {
        HttpResponse<String> answer = call("POST", path, body);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(status);
        return json(answer);
    }

    /** A call and its answer, whatever its status. */
    HttpResponse<String> call(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(console + path))
                .timeout(Duration.ofSeconds(30))
                .header("content-type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** A job that is asked for here, once it has ended. */
    JsonNode worked(String path, String wish) {
        String job = post(202, path, wish).path("job").asText();
        return await().atMost(PATIENCE)
                .until(
                        () -> get("/api/jobs/" + job),
                        each -> !each.path("state").asText().equals("running"));
    }

    /** A comparison with the log that is asked for here, once it has ended. */
    JsonNode verified(String wish) {
        String verify = post(202, "/api/verify", wish).path("verify").asText();
        return await().atMost(PATIENCE)
                .until(
                        () -> get("/api/verify/" + verify),
                        job -> !job.path("state").asText().equals("running"));
    }

    /** A run as the status of a sync by hand tells it, once it has ended. */
    JsonNode endedAt(String status) {
        return json(await().atMost(PATIENCE)
                .until(
                        () -> call("GET", status, ""),
                        answer -> answer.statusCode() == 200
                                && json(answer).path("completedAt").isTextual()));
    }

    static JsonNode json(HttpResponse<String> answer) {
        return parsed(answer.body());
    }

    static JsonNode parsed(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
