package com.listingsync.console.api;

import static com.listingsync.console.api.ConsoleUnderTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.console.ConsoleApp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The HTTP API on a real broker: who gets in, what is answered, and what is asked of the producers. Each nested class is one
 * subject, in a file of its own, and all share the broker and its consoles.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiIT {

    @TempDir
    static Path temporary;

    private ApiUnderTest api;
    private ConsoleUnderTest world;
    private ConsoleApp open;

    @BeforeAll
    void start() {
        api = new ApiUnderTest(temporary);
        world = api.world;
        open = api.open;
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @Nested
    class Runs extends RunsSpec {
        Runs() {
            super(api);
        }
    }

    @Nested
    class Commands extends CommandsSpec {
        Commands() {
            super(api);
        }
    }

    @Nested
    class Hooks extends HooksSpec {
        Hooks() {
            super(api);
        }
    }

    @Nested
    class Entrance extends EntranceSpec {
        Entrance() {
            super(api);
        }
    }

    @Nested
    class Http extends HttpSpec {
        Http() {
            super(api);
        }
    }

    @Test
    void servesItsOwnDocument() {
        JsonNode document = json(world.get(open, "/api/openapi.json"));

        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.path("paths").has("/api/runs/{run}")).isTrue();
    }

    @Test
    void tellsListenersWhatChanges() throws Exception {
        StringBuilder heard = new StringBuilder();
        CountDownLatch opened = new CountDownLatch(1);
        HttpClient client = HttpClient.newHttpClient();
        var unused = client.sendAsync(
                HttpRequest.newBuilder(URI.create(open.api() + "/api/events")).build(), info -> {
                    opened.countDown();
                    return HttpResponse.BodySubscribers.fromLineSubscriber(new Lines(heard));
                });
        assertThat(opened.await(10, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(
                        () -> assertThat(text(heard)).contains("event: history", "\"run\":\"run-24\"", "event: trail"));

        world.began("run-live", System.currentTimeMillis());

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(text(heard)).contains("event: runs", "\"run\":\"run-live\""));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(text(heard)).contains("event: pipeline", "\"topics\":["));
    }

    @Test
    void servesThePageWithoutAnythingFromElsewhere() {
        HttpResponse<String> page = world.get(open, "/");

        assertThat(page.body()).doesNotContain("http://", "https://", "//cdn");
        assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(world.get(open, "/assets/app.js").statusCode()).isEqualTo(200);
        assertThat(world.get(open, "/assets/../app.css").statusCode()).isEqualTo(404);
    }

    private static String text(StringBuilder heard) {
        synchronized (heard) {
            return heard.toString();
        }
    }

    /** Collects lines as they come. */
    private record Lines(StringBuilder heard) implements java.util.concurrent.Flow.Subscriber<String> {
        @Override
        public void onSubscribe(java.util.concurrent.Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            synchronized (heard) {
                heard.append(line).append('\n');
            }
        }

        @Override
        public void onError(Throwable failure) {
            synchronized (heard) {
                heard.append("broke off");
            }
        }

        @Override
        public void onComplete() {
            synchronized (heard) {
                heard.append("ended");
            }
        }
    }
}
