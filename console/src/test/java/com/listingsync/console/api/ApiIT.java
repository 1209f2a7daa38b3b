package com.listingsync.console.api;

import static com.listingsync.console.api.ConsoleUnderTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.ConsoleApp;
import com.listingsync.console.access.KeysFile;
import com.listingsync.console.access.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP API on a real broker: who gets in, what is answered, and what is asked of the producers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiIT {

    private static final String JSON = "content-type";
    private static final String APPLICATION_JSON = "application/json";
    private static final byte[] HOOK_KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String HOOK_SECRET = "whsec_" + Base64.getEncoder().encodeToString(HOOK_KEY);
    private static final String CRON = "planted-secret-of-the-scheduler";
    private static final String DRIVE = "planted-secret-of-drive-32-letters";
    private static final int RUNS = 25;

    @TempDir
    static Path temporary;

    private ConsoleUnderTest world;
    private ConsoleApp open;
    private ConsoleApp locked;
    private KeysFile keys;
    private String viewer;
    private String operator;

    @BeforeAll
    void start() {
        world = new ConsoleUnderTest(temporary.resolve("kafka"));
        long now = System.currentTimeMillis();
        IntStream.range(0, RUNS)
                .forEach(i ->
                        world.ended(String.format("run-%02d", i), now - (RUNS - i) * 60_000L, 100, i == 3 ? 7 : 0));
        keys = new KeysFile(temporary.resolve("keys/api-keys.json"));
        viewer = keys.add("screen", Role.VIEWER, Clock.systemUTC(), new Random(1));
        operator = keys.add("ann", Role.OPERATOR, Clock.systemUTC(), new Random(2));
        open = world.console(
                Map.of("CRON_SECRET", CRON, "SYNC_HOOK_SECRET", HOOK_SECRET, "SYNC_HOOK_DRIVE_TOKEN", DRIVE));
        locked = world.console(Map.of("SYNC_CONSOLE_KEYS", keys.path().toString()));
        List.of(open, locked)
                .forEach(app -> await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(app.health().isReady()).isTrue()));
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @Test
    void servesItsOwnDocument() {
        JsonNode document = json(world.get(open, "/api/openapi.json"));

        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.path("paths").has("/api/runs/{run}")).isTrue();
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
    void fetchesExactlyTheListingsThatASignedWebhookNames() throws Exception {
        String body = "{\"@reso.context\":\"urn:reso:metadata:2.0:resource:entityevent\",\"value\":["
                + "{\"EntityEventSequence\":1,\"ResourceName\":\"Property\",\"ResourceRecordKey\":\"L1\"},"
                + "{\"EntityEventSequence\":2,\"ResourceName\":\"Property\",\"ResourceRecordKey\":\"L2\"},"
                + "{\"EntityEventSequence\":3,\"ResourceName\":\"Member\",\"ResourceRecordKey\":\"M1\"}]}";
        String at = Long.toString(System.currentTimeMillis() / 1000);
        String[] signed = signed("msg-1", at, body);

        HttpResponse<String> answer = world.post(open, "/api/hooks/reso/mls", body, signed);
        HttpResponse<String> replayed = world.post(open, "/api/hooks/reso/mls", body, signed);
        HttpResponse<String> forged = world.post(open, "/api/hooks/reso/mls", body.replace("L1", "L9"), signed);
        HttpResponse<String> old = world.post(open, "/api/hooks/reso/mls", body, signed("msg-2", "1700000000", body));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(replayed.statusCode()).isEqualTo(202);
        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(old.statusCode()).isEqualTo(401);
        await().untilAsserted(() -> assertThat(world.commands)
                .filteredOn(command -> command.requestedBy().equals("webhook")
                        && command.connection().equals("mls"))
                .singleElement()
                .satisfies(command -> {
                    assertThat(command.feeds()).containsExactly("property");
                    assertThat(command.keys()).containsExactly("L1", "L2");
                }));
    }

    @Test
    void readsASpreadsheetWhenDriveSaysItHasChanged() {
        String path = "/api/hooks/drive/sheet";

        assertThat(world.post(open, path, "", "x-goog-channel-token", "wrong", "x-goog-resource-state", "update")
                        .statusCode())
                .isEqualTo(401);
        assertThat(world.post(open, path, "", "x-goog-channel-token", DRIVE, "x-goog-resource-state", "update")
                        .statusCode())
                .isEqualTo(202);

        await().untilAsserted(() -> assertThat(world.commands)
                .filteredOn(command -> command.requestedBy().equals("webhook")
                        && command.connection().equals("sheet"))
                .singleElement()
                .satisfies(command -> assertThat(command.feeds()).containsExactly("Listings")));
    }

    @Test
    void needsAKeyOnceThereIsOneAndTheRoleForWhatIsAsked() {
        String[] asViewer = {"authorization", "Bearer " + viewer, JSON, APPLICATION_JSON};
        String[] asOperator = {"authorization", "Bearer " + operator, JSON, APPLICATION_JSON};
        String nothing = "{\"connections\":[\"nowhere\"]}";

        assertThat(world.get(locked, "/api/runs").statusCode()).isEqualTo(401);
        assertThat(world.get(locked, "/api/runs").headers().firstValue("www-authenticate"))
                .hasValue("Bearer realm=\"listing-sync\"");
        assertThat(world.get(locked, "/api/runs", asViewer).statusCode()).isEqualTo(200);
        assertThat(world.post(locked, "/api/sync", nothing, asViewer).statusCode())
                .isEqualTo(403);
        assertThat(world.post(locked, "/api/sync", nothing, asOperator).statusCode())
                .isEqualTo(422);
        assertThat(json(world.get(locked, "/api/session", asViewer))
                        .path("name")
                        .asText())
                .isEqualTo("screen");
        assertThat(world.get(locked, "/").statusCode()).isEqualTo(200);
    }

    @Test
    void forgetsARevokedKeyWithinSeconds() {
        String passing = keys.add("passing", Role.VIEWER, Clock.systemUTC(), new Random(3));
        String[] with = {"authorization", "Bearer " + passing};
        await().untilAsserted(() ->
                assertThat(world.get(locked, "/api/runs", with).statusCode()).isEqualTo(200));

        keys.revoke("passing", Clock.systemUTC());

        await().untilAsserted(() ->
                assertThat(world.get(locked, "/api/runs", with).statusCode()).isNotEqualTo(200));
    }

    @Test
    void slowsDownWhoeverShowsWrongKeysAndNobodyElse() {
        ConsoleApp another =
                world.console(Map.of("SYNC_CONSOLE_KEYS", keys.path().toString()));
        for (int i = 0; i < 10; i++) {
            assertThat(world.get(another, "/api/runs", "authorization", "Bearer wrong")
                            .statusCode())
                    .isEqualTo(401);
        }

        HttpResponse<String> eleventh = world.get(another, "/api/runs", "authorization", "Bearer wrong");

        assertThat(eleventh.statusCode()).isEqualTo(429);
        assertThat(eleventh.headers().firstValue("retry-after")).isPresent();
        assertThat(world.get(another, "/api/session", "authorization", "Bearer " + viewer)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void listensElsewhereOnlyWithKeys() {
        assertThatThrownBy(() -> world.console(Map.of("SYNC_CONSOLE_HOST", "0.0.0.0")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "SYNC_CONSOLE_HOST: the console listens on 0.0.0.0 only when there are API keys");

        ConsoleApp everywhere = world.console(Map.of(
                "SYNC_CONSOLE_HOST", "0.0.0.0", "SYNC_CONSOLE_KEY", "planted-secret-of-an-operator-by-environment"));

        assertThat(world.get(everywhere, "/api/session").statusCode()).isEqualTo(401);
        assertThat(world.get(
                                everywhere,
                                "/api/session",
                                "authorization",
                                "Bearer planted-secret-of-an-operator-by-environment")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersNoForeignPageAndNoForeignName() throws IOException {
        String rebound = raw("GET /api/runs HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n");
        String crossSite = raw("POST /api/sync HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n"
                + "Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
        String form = raw("POST /api/sync HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                + "Content-Length: 2\r\nConnection: close\r\n\r\n{}");
        String preflight = raw("OPTIONS /api/sync HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n"
                + "Access-Control-Request-Method: POST\r\nConnection: close\r\n\r\n");

        assertThat(rebound).startsWith("HTTP/1.1 403").contains("localhost and 127.0.0.1");
        assertThat(crossSite).startsWith("HTTP/1.1 403").contains("another origin");
        assertThat(form).startsWith("HTTP/1.1 415");
        assertThat(preflight).startsWith("HTTP/1.1 405").doesNotContainIgnoringCase("access-control-allow");
    }

    /** A client that is not told keeps the connection for its next request, and that gets no answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/replays/x/pause?limit=%ff%fe",
                "POST /api/replays/x/pause?limit=%ED%A0%80",
                "POST /api/replays/x/pause?limit=%u0041",
                "POST /api/replays/%ff%fe/pause",
                "POST /api/replays/%00/pause",
                "POST /api/replays/%2e%2e/pause",
                "POST /api/replays/..%3B%2F/pause",
                "POST /api/replays/a%2Fb/pause",
                "POST /api/replays/%0D%0ASet-Cookie:%20a=b/pause",
                "POST /api/replays/%zz/pause",
                "PROPFIND /api/replays/x/pause",
                "GET /api/runs?nothing=%",
                "GET /../../etc/passwd",
                "GET /api/\u00ff"
            })
    void saysThatItHangsUpWheneverItDoes(String asked) throws IOException {
        for (String body : List.of("", "{}")) {
            try (Socket socket = new Socket("127.0.0.1", open.api().getPort())) {
                socket.setSoTimeout(10_000);
                String request =
                        asked + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length() + "\r\n\r\n" + body;
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                String first = answer(socket.getInputStream());

                assertThat(first).startsWith("HTTP/1.1 4");
                if (first.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n")) {
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                } else {
                    socket.getOutputStream()
                            .write("GET /api/session HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    assertThat(answer(socket.getInputStream())).startsWith("HTTP/1.1 200");
                }
            }
        }
    }

    /** Head and body of one answer. */
    private static String answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("hung up after: " + head);
            }
            head.append((char) next);
        }
        Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
        assertThat(length.find()).as(head.toString()).isTrue();
        return head + new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8);
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

    @Test
    void refusesABodyThatIsTooLong() throws IOException {
        HttpResponse<String> announced =
                world.post(open, "/api/sync", "[" + " ".repeat(1 << 20) + "]", JSON, APPLICATION_JSON);
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        String chunked = raw("POST /api/sync HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunk.repeat(17) + "0\r\n\r\n");

        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(chunked).startsWith("HTTP/1.1 413");
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

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", open.api().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            try {
                for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                    answer.write(buffer, 0, n);
                }
            } catch (java.net.SocketException e) {
                // The server hangs up on what it does not want to read; what it said before counts.
                assertThat(answer.size()).isPositive();
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    private static String[] signed(String id, String at, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HOOK_KEY, "HmacSHA256"));
        String signature = Base64.getEncoder()
                .encodeToString(mac.doFinal((id + "." + at + "." + body).getBytes(StandardCharsets.UTF_8)));
        return new String[] {
            JSON,
            APPLICATION_JSON,
            "webhook-id",
            id,
            "webhook-timestamp",
            at,
            "webhook-signature",
            "v1,somebody-elses v1," + signature
        };
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
