package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.health.Service;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.RunStatus;
import com.listingsync.common.wire.Json;
import com.listingsync.console.command.CommandLineRun;
import com.listingsync.embedded.world.SampleWorld;
import com.listingsync.sink.SinkApp;
import com.listingsync.sink.cutover.Share;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A cutover on the whole stack, from the source to the posts: runs in the shadow and of a share, what is said of them, and what follows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CutoverStackIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PERCENT = 25;
    private static final Share SHARE = new Share(PERCENT);

    @TempDir
    static Path temporary;

    private final Map<String, String> environment = new HashMap<>();
    private final List<Service> sinks = new ArrayList<>();
    private RunningSample sample;
    private SampleWorld world;
    private Truth truth;
    private Tables tables;
    private RunState shadowRun;
    private String soldInTheShadow = "";

    @BeforeAll
    void start() throws IOException, InterruptedException {
        sample = RunningSample.of(9, 60).with("SYNC_MODE", "shadow").startIn(temporary);
        world = sample.world();
        truth = new Truth(world);
        tables = sample.tables();
        environment.putAll(Endpoints.environmentOf(sample.data()));
        environment.putAll(Endpoints.supabaseOf(sample.data()));
        shadowRun = sample.firstRun();
    }

    @AfterAll
    void stop() {
        sinks.forEach(Service::close);
        sample.close();
    }

    @Test
    @Order(1)
    void inTheShadowARunIsCompletedAndEveryRecordIsAccountedFor() throws IOException {
        assertThat(shadowRun.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(shadowRun.feeds()).hasSize(9).allSatisfy((name, feed) -> {
            assertThat(feed.tally().inFlight()).as(name).isZero();
            assertThat(feed.tally().written() + feed.tally().unchanged())
                    .as(name)
                    .isZero();
        });
        assertThat(shadowRun.total().count("skipped.shadow"))
                .isGreaterThan(truth.listings().size());
        assertThat(tables.count("properties") + tables.count("media") + tables.count("sync_state"))
                .isZero();

        JsonNode status = json("status", shadowRun.run());
        assertThat(status.path("balanced").asBoolean()).isTrue();
        assertThat(status.at("/total/counts/skipped.shadow").asLong())
                .isEqualTo(shadowRun.total().count("skipped.shadow"));
        assertThat(status.at("/cutover/mode").asText()).isEqualTo("shadow");
        assertThat(command("status").out()).contains("completed", "shadow", "nothing is written");
    }

    @Test
    @Order(1)
    void inTheShadowNobodyIsToldThatRowsAreMissing() throws Exception {
        eventually(() -> {
            assertThat(console("/api/runs/" + shadowRun.run()).path("balanced").asBoolean())
                    .isTrue();
            assertThat(console("/api/pipeline").path("services"))
                    .filteredOn(service -> service.path("name").asText().equals("sink"))
                    .extracting(service -> service.at("/cutover/mode").asText())
                    .containsExactly("shadow");
            assertNothingIsMissing();
        });
        assertThat(meter("sink", "listings_sink_rows_total", "outcome=\"shadow\""))
                .isPositive();
        assertThat(meter("sink", "listings_sink_rows_total", "outcome=\"written\""))
                .isZero();
    }

    @Test
    @Order(1)
    void inTheShadowNothingIsComparedWithTheLogAndTheDoctorSaysSo() {
        CommandLineRun verify = command("verify");
        CommandLineRun doctor = command("doctor");

        assertThat(verify.exitCode()).isEqualTo(2);
        assertThat(verify.err()).contains("SYNC_MODE is shadow");
        assertThat(doctor.out()).contains("look  sink: cutover: nothing is written", "SYNC_MODE is shadow", "1 sink");
    }

    @Test
    @Order(2)
    void inTheShadowASoldListingKeepsItsPosts() throws Exception {
        soldInTheShadow = postedWhere(SHARE::takes, "");

        world.sell(soldInTheShadow);
        synced();

        eventually(() -> assertThat(meter("sink", "listings_sink_changes_left_total", "reason=\"shadow\""))
                .isPositive());
        assertKeepsItsPosts(soldInTheShadow);
    }

    @Test
    @Order(3)
    void ofAShareARunIsCompletedAndJustTheShareIsWritten() throws Exception {
        stopSink();
        startSink(PERCENT, port("sink"));
        assertThat(command("replay", "--topic", "rows").exitCode()).isZero();
        List<String> ours =
                truth.listings().keySet().stream().filter(SHARE::takes).toList();

        JsonNode run = synced("--force");

        assertThat(run.path("status").asText()).isEqualTo("completed");
        assertThat(run.path("balanced").asBoolean()).isTrue();
        assertThat(tables.pairs("select listing_key, '' from properties where deleted_at is null"))
                .containsOnlyKeys(ours);
        assertThat(ours).hasSizeBetween(3, 40);
        assertThat(tables.pairs("select distinct listing_key, '' from media"))
                .allSatisfy(
                        (listing, nothing) -> assertThat(SHARE.takes(listing)).isTrue());
        assertThat(command("status").out()).contains("25 % of the listings are written");
        eventually(this::assertNothingIsMissing);
    }

    @Test
    @Order(4)
    void ofAShareJustTheShareIsVerified() {
        CommandLineRun ofTheShare = command("verify");
        Map<String, String> everything = new HashMap<>(environment);
        everything.put("SYNC_CUTOVER_PERCENT", "100");
        CommandLineRun ofEverything = CommandLineRun.of(everything, "verify", "--table", "properties");

        assertThat(ofTheShare.out()).as(ofTheShare.err()).contains("in sync");
        assertThat(ofTheShare.exitCode()).isZero();
        assertThat(ofEverything.exitCode()).isEqualTo(1);
        assertThat(ofEverything.out()).contains("missing");
    }

    @Test
    @Order(5)
    void ofAShareTheRunsRecordsOfOthersAreCountedAsLeftAside() throws Exception {
        String ours = postedWhere(SHARE::takes, soldInTheShadow);
        String theirs = postedWhere(listing -> !SHARE.takes(listing), "");
        world.changePrice(ours, 1_234_500);
        world.changePrice(theirs, 1_234_500);

        JsonNode run = synced();

        assertThat(run.path("balanced").asBoolean()).isTrue();
        assertThat(run.at("/total/counts/skipped.cutover").asLong()).isPositive();
        assertThat(run.at("/total/written").asLong()).isPositive();
        assertThat(tables.row("select list_price from properties where listing_key = ?", ours))
                .containsEntry("list_price", "1234500");
        assertThat(tables.count("properties where listing_key = ?", theirs)).isZero();
    }

    @Test
    @Order(6)
    void ofAShareThePostsOfItsSoldListingsComeDownAndNoOthers() throws Exception {
        String ours = postedWhere(SHARE::takes, soldInTheShadow);
        String theirs = postedWhere(listing -> !SHARE.takes(listing), "");

        world.sell(ours);
        world.sell(theirs);
        synced();

        eventually(() -> {
            assertThat(tables.count("listing_posts where listing_key = ? and status = 'unpublished'", ours))
                    .isEqualTo(3);
            assertThat(meter("sink", "listings_sink_changes_left_total", "reason=\"cutover\""))
                    .isPositive();
        });
        assertThat(platforms()).doesNotContain(posts(ours));
        assertKeepsItsPosts(theirs);
        // Its sale was the older sync's to follow, and is passed by for good.
        assertKeepsItsPosts(soldInTheShadow);
    }

    @Test
    @Order(7)
    void theDoctorTellsOfSinksThatDiffer() {
        assertThat(command("doctor").out()).contains("look  sink: cutover: 25 % of the listings are written");
        URI other = startSink(10, 0).endpoint();
        Map<String, String> both = new HashMap<>(environment);
        both.merge("SYNC_CONSOLE_SERVICES", "sink-2=" + other, (one, two) -> one + "," + two);

        CommandLineRun doctor = CommandLineRun.of(both, "doctor");

        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.out())
                .contains(
                        "wrong sink: cutover: the sinks differ", "SYNC_CUTOVER_PERCENT=10", "SYNC_CUTOVER_PERCENT=25");
        Map<String, String> forgotten = new HashMap<>(environment);
        forgotten.remove("SYNC_CUTOVER_PERCENT");
        assertThat(CommandLineRun.of(forgotten, "doctor").out())
                .contains("wrong sink: cutover: 1 sink with", "and the settings here say");
    }

    private void assertNothingIsMissing() throws Exception {
        assertThat(meter("console", "listings_run_unsettled_seconds", "")).isZero();
        assertThat(meter("console", "listings_run_unsettled_records", "")).isZero();
        assertThat(console("/api/alerts").path("items"))
                .filteredOn(alert -> alert.path("name").asText().equals("RunRowsMissing"))
                .extracting(alert -> alert.path("state").asText())
                .containsExactly("quiet");
    }

    private void assertKeepsItsPosts(String listing) throws Exception {
        assertThat(tables.count("listing_posts where listing_key = ? and status = 'published'", listing))
                .isEqualTo(3);
        assertThat(platforms()).contains(posts(listing));
    }

    /** The first active listing of these that has posts. */
    private String postedWhere(Predicate<String> wanted, String but) {
        return truth.activeListings().stream()
                .filter(wanted)
                .filter(listing -> !listing.equals(but))
                .filter(listing ->
                        tables.count("listing_posts where listing_key = ? and status = 'published'", listing) == 3)
                .findFirst()
                .orElseThrow();
    }

    private List<String> posts(String listing) {
        return List.copyOf(tables.pairs("select external_id, '' from listing_posts where listing_key = ?", listing)
                .keySet());
    }

    private String platforms() throws Exception {
        return sample.get(URI.create(sample.address("social") + "/posts"));
    }

    private JsonNode synced(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("sync", "--wait"));
        arguments.addAll(List.of(more));
        return json(arguments.toArray(String[]::new));
    }

    private void stopSink() {
        sample.stop("sink");
    }

    private Service startSink(int percent, int port) {
        Map<String, String> settings = new HashMap<>(environment);
        settings.put("SYNC_MODE", "live");
        settings.put("SYNC_CUTOVER_PERCENT", Integer.toString(percent));
        settings.put("SYNC_HTTP_HOST", "127.0.0.1");
        settings.put("SYNC_HTTP_PORT", Integer.toString(port));
        Service sink = SinkApp.start(settings);
        sinks.add(sink);
        if (port > 0) {
            environment.put("SYNC_MODE", "live");
            environment.put("SYNC_CUTOVER_PERCENT", Integer.toString(percent));
        }
        return sink;
    }

    private int port(String service) {
        return sample.service(service).getPort();
    }

    private double meter(String service, String name, String tag) throws Exception {
        return sample.metrics(service)
                .lines()
                .filter(line -> line.startsWith(name) && line.contains(tag))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private JsonNode console(String path) throws Exception {
        return Json.MAPPER.readTree(sample.get(URI.create(sample.address("console") + path)));
    }

    private JsonNode json(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        CommandLineRun run = command(all.toArray(String[]::new));
        assertThat(run.out()).as(run.err()).isNotBlank();
        return Json.MAPPER.readTree(run.out());
    }

    private CommandLineRun command(String... arguments) {
        return CommandLineRun.of(environment, arguments);
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
    }
}
