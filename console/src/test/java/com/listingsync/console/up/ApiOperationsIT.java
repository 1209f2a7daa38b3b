package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.run.RunStatus;
import com.listingsync.common.wire.Json;
import com.listingsync.console.command.CommandLineRun;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.embedded.mls.SampleMls;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What operators do over HTTP, beside a running {@code up}, from the call to what has become of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiOperationsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    static Path temporary;

    private final HttpClient http = HttpClient.newHttpClient();
    private DataFolder folder;
    private Stack stack;
    private Tables tables;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        folder = DataFolder.open(temporary.resolve("data"));
        UpPlan plan = new UpPlan(
                folder.path(),
                new Ports(OptionalInt.empty()),
                new Upstreams.Sample(OptionalLong.of(11), OptionalInt.of(40)),
                UpPlan.Ending.STOP_SIGNAL,
                UpPlan.Result.TABLE);
        stack = new StackStart(plan, folder, Map.of("SYNC_SCHEDULE", "off"), () -> false).start();
        stack.awaitReady(Duration.ofMinutes(2), new StopSignal());
        stack.endpoints().write(folder);
        tables = new Tables(jdbc());
        try (RunsTail tail = RunsTail.open(stack.kafka())) {
            assertThat(new FullRun(stack, () -> true)
                            .follow(tail, Instant.now(), state -> {})
                            .orElseThrow()
                            .status())
                    .isEqualTo(RunStatus.COMPLETED);
        }
    }

    @AfterAll
    void stop() {
        stack.close();
        folder.close();
    }

    @Test
    void healsARefusedRecordByAPatchThatIsReplayed() {
        BadRecords.write(stack.kafka(), "HTTP-1");
        JsonNode letter = await().atMost(PATIENCE)
                .until(() -> get("/api/dead-letters?key=HTTP-1&state=open").at("/items/0"), JsonNode::isObject);
        String code = letter.path("code").asText();

        JsonNode shown = get("/api/dead-letters/" + letter.path("id").asText());
        JsonNode stats = get("/api/dead-letters/stats?key=HTTP-1");
        JsonNode explained = get("/api/dead-letters/explain?code=" + code);
        JsonNode tried = post(
                200,
                "/api/dead-letters/replay",
                "{\"key\":[\"HTTP-1\"],\"patch\":{\"ListPrice\":1250000},\"dryRun\":true}");
        JsonNode replayed = post(
                200,
                "/api/dead-letters/replay",
                "{\"ids\":[\"" + letter.path("id").asText()
                        + "\"],\"patch\":{\"ListPrice\":1250000},\"why\":\"asked\"}");

        assertThat(code).isEqualTo("bad-value");
        assertThat(shown.at("/value/ListPrice").asText()).isEqualTo("ask");
        assertThat(shown.at("/explanation/fix").asText()).isNotBlank();
        assertThat(stats.at("/states/open").asInt()).isEqualTo(1);
        assertThat(explained.at("/items/0/meaning").asText()).startsWith("A value does not fit");
        assertThat(tried.path("dryRun").asBoolean()).isTrue();
        assertThat(replayed.path("replayed").asInt()).isEqualTo(1);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(tables.row("select list_price from properties where listing_key = 'HTTP-1'"))
                                .containsEntry("list_price", "1250000"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("/api/dead-letters?key=HTTP-1")
                                .at("/items/0/state")
                                .asText())
                        .isEqualTo("resolved"));
    }

    @Test
    void discardsALetterWithAReasonThatStaysOnTheAuditTrail() {
        BadRecords.write(stack.kafka(), "HTTP-2");
        await().atMost(PATIENCE)
                .until(() -> get("/api/dead-letters?key=HTTP-2&state=open")
                                .path("items")
                                .size()
                        == 1);

        JsonNode done = post(200, "/api/dead-letters/discard", "{\"key\":[\"HTTP-2\"],\"why\":\"a trial\"}");

        assertThat(done.path("discarded").asInt()).isEqualTo(1);
        assertThat(get("/api/dead-letters?key=HTTP-2&state=open").path("items")).isEmpty();
        assertThat(get("/api/audit?limit=50").path("items")).anySatisfy(entry -> {
            assertThat(entry.path("action").asText()).isEqualTo("dlq discard");
            assertThat(entry.path("who").asText()).isEqualTo("api:local");
            assertThat(entry.path("why").asText()).isEqualTo("a trial");
        });
    }

    @Test
    void replaysRowsPausesThemAndGoesOnUntilTheyAreStopped() {
        String replay = post(202, "/api/replays", "{\"topic\":\"rows\",\"rate\":15}")
                .path("replay")
                .asText();
        awaitReplay(replay, "running");

        post(202, "/api/replays/" + replay + "/pause", "{}");
        awaitReplay(replay, "paused");
        post(202, "/api/replays/" + replay + "/resume", "{}");
        awaitReplay(replay, "running");
        post(202, "/api/replays/" + replay + "/stop", "{}");

        awaitReplay(replay, "stopped");
        assertThat(call("POST", "/api/replays/" + replay + "/pause", "{}").statusCode())
                .isEqualTo(409);
        assertThat(get("/api/replays").path("items").findValuesAsText("replay")).contains(replay);
    }

    @Test
    void findsARowThatSomebodyDeletedAndMendsIt() throws Exception {
        String room = tables.row("select room_key from property_rooms where deleted_at is null limit 1")
                .get("room_key");
        sql("delete from public.property_rooms where room_key = '" + room + "'");

        JsonNode found = verified("{\"tables\":[\"property_rooms\"]}");
        JsonNode mended = verified("{\"tables\":[\"property_rooms\"],\"repair\":true}");

        assertThat(found.at("/result/inSync").asBoolean()).isFalse();
        assertThat(found.at("/result/tables/property_rooms/missing").asInt()).isEqualTo(1);
        assertThat(found.path("requestedBy").asText()).isEqualTo("api:local");
        assertThat(mended.at("/repair/done/sent").asInt()).isEqualTo(1);
        assertThat(mended.at("/result/inSync").asBoolean()).isTrue();
        assertThat(tables.count("property_rooms where room_key = ?", room)).isEqualTo(1);
        assertThat(get("/api/audit?limit=50").path("items").findValuesAsText("action"))
                .contains("verify", "verify repair");
    }

    @Test
    void keepsTheProofOfTheWholeProject() {
        JsonNode whole = verified("{}");

        assertThat(whole.path("state").asText()).isEqualTo("ended");
        assertThat(get("/api/verify").at("/last/whole").asBoolean()).isTrue();
        assertThat(meters("console"))
                .as("what was asked for by HTTP is in the meters too")
                .containsPattern("listings_verify_last_seconds 1\\.\\d+E9");
        assertThat(get("/api/verify").path("running").isNull()).isTrue();
        assertThat(call("POST", "/api/verify", "{\"tables\":[\"nothing\"]}").body())
                .contains("tables: there is no table 'nothing'");
        assertThat(call("POST", "/api/verify", "{\"deleteExtra\":true}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void pausesAFeedAndLetsItGoOn() {
        String target = "feed/mls-vow/media";

        post(200, "/api/pause", "{\"target\":\"" + target + "\",\"why\":\"the board asked\"}");
        JsonNode paused = get("/api/pauses");
        post(200, "/api/resume", "{\"target\":\"" + target + "\"}");

        assertThat(paused.at("/items/0/target").asText()).isEqualTo(target);
        assertThat(paused.at("/items/0/by").asText()).isEqualTo("api:local");
        assertThat(paused.at("/items/0/why").asText()).isEqualTo("the board asked");
        assertThat(get("/api/pauses").path("items")).isEmpty();
    }

    @Test
    void syncsPropertyNumbersByHandToTheirEnd() {
        String number = tables.row("select property_number from property_listings where deleted_at is null limit 1")
                .get("property_number");

        JsonNode accepted = post(
                202,
                "/api/sync/property-listings/manual",
                "{\"force\":true,\"batchSize\":50,\"propertyNumbers\":[\"" + number + "\",\"nowhere-9\"]}");

        String status = accepted.at("/links/status").asText();
        JsonNode ended = await().atMost(PATIENCE)
                .until(
                        () -> call("GET", status, ""),
                        answer -> answer.statusCode() == 200
                                && json(answer).path("completedAt").isTextual())
                .body()
                .transform(ApiOperationsIT::parsed);
        assertThat(ended.path("totalItems").asInt()).isEqualTo(1);
        assertThat(ended.path("failedCount").asInt()).isZero();
        assertThat(ended.path("progress").asInt()).isEqualTo(100);
        assertThat(ended.at("/missingKeys/0").asText()).isEqualTo("nowhere-9");
    }

    @Test
    void asksAnMlsForAsManyRecordsAtATimeAsTheRunNames() {
        SampleMls mls = stack.samples().orElseThrow().mls();
        mls.forgetAsked();

        String run = post(202, "/api/sync", "{\"connections\":[\"mls-vow/openhouse\"],\"force\":true,\"batchSize\":7}")
                .path("run")
                .asText();

        JsonNode ended = await().atMost(PATIENCE)
                .until(
                        () -> call("GET", "/api/sync/property-listings/status/" + run, ""),
                        answer -> answer.statusCode() == 200
                                && json(answer).path("completedAt").isTextual())
                .body()
                .transform(ApiOperationsIT::parsed);
        assertThat(ended.at("/batchSizes/mls-vow~1openhouse").asInt()).isEqualTo(7);
        assertThat(get("/api/runs/" + run).at("/feeds/0/pageSize").asInt()).isEqualTo(7);
        assertThat(mls.asked())
                .filteredOn(request -> request.contains("OpenHouse") && !request.endsWith("$top=1"))
                .isNotEmpty()
                .allMatch(request -> request.contains("$top=7"));
    }

    @Test
    void looksAtTheDeploymentAsADoctor() {
        JsonNode found = worked("/api/doctor", "{\"fix\":true}");

        assertThat(found.at("/result/findings").findValuesAsText("area")).contains("machine", "kafka", "supabase");
        assertThat(found.at("/result/findings").findValuesAsText("level")).doesNotContain("bad");
        assertThat(get("/api/doctor").at("/last/job")).isEqualTo(found.path("job"));
        assertThat(get("/api/jobs?kind=doctor").at("/items/0/state").asText()).isEqualTo("ended");
        assertThat(get("/api/audit?limit=100").path("items").findValuesAsText("action"))
                .contains("doctor");
    }

    @Test
    void comparesTablesOfTheSameProject() {
        tables.execute("create table old_rooms as select * from property_rooms where deleted_at is null;"
                + " grant select on old_rooms to service_role");

        JsonNode found = await().atMost(PATIENCE)
                .until(
                        () -> worked(
                                "/api/compare",
                                "{\"against\":\"old_rooms\",\"tables\":[\"property_rooms\"],\"hideValues\":true}"),
                        compared -> compared.at("/result/same").asBoolean());

        assertThat(found.path("state").asText()).as(found.toString()).isEqualTo("ended");
        assertThat(call("POST", "/api/compare", "{\"against\":\"public.*\"}").body())
                .as("the tables themselves")
                .contains("names the very tables");
        HttpResponse<String> page =
                call("GET", "/api/compare/" + found.path("job").asText() + "/report", "");
        assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(page.body()).contains("property_rooms");
        assertThat(call("POST", "/api/compare", "{}").statusCode()).isEqualTo(400);
        assertThat(call("POST", "/api/compare", "{\"against\":\"http://169.254.169.254/\"}")
                        .statusCode())
                .as("no address comes by HTTP")
                .isEqualTo(400);
        assertThat(call("POST", "/api/compare", "{\"target\":\"elsewhere\"}").body())
                .contains("target: there is no project 'elsewhere'");
    }

    @Test
    void comparesTheLogWithItsSourcesFirst() {
        String number = tables.row("select property_number from property_listings where deleted_at is null limit 1")
                .get("property_number");

        JsonNode found = verified("{\"source\":true,\"keys\":[\"" + number + "\"],\"grace\":20,\"show\":3}");

        assertThat(found.path("state").asText()).as(found.toString()).isEqualTo("ended");
        assertThat(found.at("/source/feeds").properties()).isNotEmpty();
        assertThat(found.at("/result/inSync").asBoolean()).isTrue();
    }

    @Test
    void triesAReplayAndAReprocessBeforeItAsksForOne() {
        JsonNode replay = worked("/api/replays/trials", "{\"topic\":\"rows\",\"entities\":[\"rooms\"]}");
        JsonNode reprocess = worked("/api/reprocess/trials", "{\"entities\":[\"rooms\"]}");
        String wrong = call("POST", "/api/reprocess/trials", "{\"mapping\":\"tables: 7\"}")
                .body();
        String run = post(202, "/api/reprocess", "{\"entities\":[\"rooms\"],\"keys\":[\"nowhere-1\"]}")
                .path("run")
                .asText();

        assertThat(replay.at("/result/tables/property_rooms").isMissingNode())
                .as(replay.toString())
                .isFalse();
        assertThat(reprocess.path("state").asText()).as(reprocess.toString()).isEqualTo("ended");
        assertThat(wrong).contains("mapping: it can't be used");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(call("GET", "/api/runs/" + run, "").statusCode())
                                .isEqualTo(200));
    }

    @Test
    void showsTheMappingAndSaysWhatIsWrongWithANewOne() {
        String standard = call("GET", "/api/mapping", "").body();
        JsonNode good = post(
                200,
                "/api/mapping/check",
                Json.MAPPER
                        .createObjectNode()
                        .put("mapping", standard)
                        .put("entity", "property")
                        .set("samples", parsed("[{\"ListingKey\":\"X1\",\"ListPrice\":1}]"))
                        .toString());
        JsonNode bad = post(200, "/api/mapping/check", "{\"mapping\":\"tables: 7\"}");

        assertThat(standard).contains("properties");
        assertThat(good.path("valid").asBoolean()).isTrue();
        assertThat(good.path("sample")).as(good.toString()).hasSize(1);
        assertThat(bad.path("valid").asBoolean()).isFalse();
        assertThat(bad.path("errors")).isNotEmpty();
        assertThat(get("/api/mapping/columns").path("items").findValuesAsText("column"))
                .contains("list_price");
        assertThat(get("/api/mapping/schema").path("$schema").asText()).contains("2020-12");
    }

    @Test
    void describesTopicsAndTheRightsOnThem() {
        JsonNode rows = get("/api/topics/rows");
        JsonNode applied = post(200, "/api/topics/apply", "{}");
        JsonNode acls = get("/api/topics/acls?sink=User:writer");

        assertThat(rows.path("topic").asText()).isEqualTo("listings.rows");
        assertThat(rows.path("partitions").size()).isPositive();
        assertThat(applied.path("created")).isEmpty();
        assertThat(applied.path("contradictions")).isEmpty();
        assertThat(acls.path("items").toString()).contains("User:writer").doesNotContain("User:sink");
        assertThat(call("GET", "/api/topics/nothing", "").statusCode()).isEqualTo(404);
    }

    @Test
    void exportsDeadLettersWholeAndByTime() {
        BadRecords.write(stack.kafka(), "HTTP-3");
        JsonNode letter = await().atMost(PATIENCE)
                .until(() -> get("/api/dead-letters/export?key=HTTP-3&from=1h").at("/items/0"), JsonNode::isObject);

        assertThat(new String(
                        Base64.getDecoder().decode(letter.path("valueBase64").asText()), StandardCharsets.UTF_8))
                .contains("HTTP-3");
        assertThat(get("/api/dead-letters?key=HTTP-3&to=1h").path("items")).isEmpty();
        assertThat(get("/api/dead-letters?key=HTTP-3&header=nothing%3Dhere").path("items"))
                .isEmpty();
        assertThat(call("GET", "/api/dead-letters?from=17", "").body()).contains("from: expected a time such as");
    }

    @Test
    void saysWhatThereIsToSetAndToMeasure() {
        assertThat(get("/api/settings/all").path("items").toString()).contains("SYNC_CONSOLE_PROJECTS");
        assertThat(get("/api/meters").path("items")).isNotEmpty();
        assertThat(get("/api/version").path("kafkaClient").asText()).isNotBlank();
    }

    @Test
    void tellsTheStoryOfAListingAsTheCommandLineDoes() {
        String listing = stack.samples().orElseThrow().world().records(Resource.PROPERTY, Feed.VOW).stream()
                .map(record -> record.get("ListingKey").asText())
                .filter(key -> tables.count("properties where deleted_at is null and listing_key = ?", key) == 1)
                .findFirst()
                .orElseThrow();

        JsonNode trace = get("/api/listings/" + URLEncoder.encode(listing, StandardCharsets.UTF_8) + "/trace");
        JsonNode typed = parsed(CommandLineRun.of(
                        Map.of(),
                        "trace",
                        listing,
                        "--json",
                        "--data",
                        folder.path().toString())
                .out());

        assertThat(trace.path("state").asText()).isEqualTo("in-step");
        assertThat(trace.path("events").size()).isGreaterThan(2);
        assertThat(trace).isEqualTo(typed);
        assertThat(get("/api/listings/" + listing + "/trace?since=2030-01-01T00:00:00Z")
                        .path("events")
                        .findValuesAsText("kind"))
                .doesNotContain("fetched");
        assertThat(get("/api/listings/nowhere-1/trace").path("state").asText()).isEqualTo("unknown-key");
        assertThat(call("GET", "/api/listings/nowhere-1/trace?since=2030-99-01T00:00:00Z", "")
                        .body())
                .contains("since: expected a time such as");
    }

    @Test
    void knowsEveryAlertWithWhatToDo() {
        JsonNode alerts = await().atMost(PATIENCE)
                .until(() -> call("GET", "/api/alerts", ""), answer -> answer.statusCode() == 200)
                .body()
                .transform(ApiOperationsIT::parsed);

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

    private JsonNode worked(String path, String wish) {
        String job = post(202, path, wish).path("job").asText();
        return await().atMost(PATIENCE)
                .until(
                        () -> get("/api/jobs/" + job),
                        each -> !each.path("state").asText().equals("running"));
    }

    private JsonNode verified(String wish) {
        String verify = post(202, "/api/verify", wish).path("verify").asText();
        return await().atMost(PATIENCE)
                .until(
                        () -> get("/api/verify/" + verify),
                        job -> !job.path("state").asText().equals("running"));
    }

    private void awaitReplay(String replay, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                get("/api/replays/" + replay).path("state").asText())
                        .isEqualTo(state));
    }

    private JsonNode get(String path) {
        HttpResponse<String> answer = call("GET", path, "");
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return json(answer);
    }

    private JsonNode post(int status, String path, String body) {
        HttpResponse<String> answer = call("POST", path, body);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(status);
        return json(answer);
    }

    private String meters(String service) {
        URI root = stack.endpoints().services().get(service);
        try {
            return http.send(
                            HttpRequest.newBuilder(root.resolve("/metrics")).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new AssertionError(service + " shows no meters", e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private HttpResponse<String> call(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(stack.endpoints().addresses().get("console") + path))
                .timeout(Duration.ofSeconds(30))
                .header("content-type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " got no answer", e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection(jdbc());
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private String jdbc() {
        return String.valueOf(stack.endpoints().addresses().get("jdbc"));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return parsed(answer.body());
    }

    private static JsonNode parsed(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
