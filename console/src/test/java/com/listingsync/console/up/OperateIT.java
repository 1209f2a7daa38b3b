package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.command.CommandLineRun;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The operator's commands, as somebody types them beside a running {@code up} to which things happen. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperateIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path temporary;

    private RunningSample sample;
    private Tables tables;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        sample = RunningSample.of(5, 40).startIn(temporary);
        tables = sample.tables();
    }

    @AfterAll
    void stop() {
        sample.close();
    }

    /** First, while nothing is damaged. */
    @TestFactory
    @Order(0)
    Stream<DynamicTest> doesWhatThePagesSay() throws IOException {
        return new DocumentedCommands(sample.data(), temporary, sample.address("jdbc"), sample.world()).tests();
    }

    /** Second: what is answered is shown of a deployment that is well. */
    @TestFactory
    @Order(1)
    Stream<DynamicTest> answersAsThePagesShow() throws IOException {
        return new DocumentedCalls(sample.data(), temporary, sample.world()).tests();
    }

    @Test
    void tracesListingFromItsSourceToTheTable() {
        String listing = listing(0);

        CommandLineRun run = sample.command("trace", listing);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("property " + listing + ": fetched from mls-", "made a row", "sent, and answered well")
                .contains("supabase", "properties " + listing + ": holds row version")
                .endsWith("in step: Supabase holds what the log says\n");
    }

    @Test
    void tracesChildByItsOwnKey() throws IOException {
        String child = tables.row("select media_key from media where deleted_at is null order by media_key limit 1")
                .get("media_key");

        JsonNode trace = sample.json("trace", child);

        assertThat(trace.get("listing").asText()).isNotEqualTo(child);
        assertThat(trace.get("state").asText()).isEqualTo("in-step");
        assertThat(trace.get("events").findValuesAsText("kind")).contains("fetched", "mapped", "delivered", "holds");
    }

    @Test
    void tracesSheetRowByItsPropertyNumber() throws IOException {
        String number = tables.row("select property_number from property_listings where deleted_at is null"
                        + " and mls_listing_key is not null limit 1")
                .get("property_number");

        JsonNode trace = sample.json("trace", number);

        assertThat(trace.get("state").asText()).isEqualTo("in-step");
        assertThat(trace.get("events").findValuesAsText("subject")).contains("property_listings " + number);
    }

    @Test
    void saysThatNoSourceHasKeyNobodyKnows() throws IOException {
        JsonNode trace = sample.json("trace", "nowhere-1");

        assertThat(trace.get("state").asText()).isEqualTo("unknown-key");
        assertThat(trace.get("words").asText()).isEqualTo("no source has this key, as far as the log goes back");
    }

    @Test
    void findsRowThatSomebodyDeletedByHand() throws Exception {
        String listing = listing(1);
        tables.execute("delete from public.properties where listing_key = '" + listing + "'");

        JsonNode trace = sample.json("trace", listing);

        assertThat(trace.get("state").asText()).isEqualTo("missing");
        assertThat(trace.get("words").asText())
                .contains("somebody has deleted it", "verify --keys " + listing + " --repair");
    }

    @Test
    void tellsOfSinkThatIsPausedAndOfWhatWaitsForIt() throws Exception {
        CommandLineRun paused = sample.command("pause", "sink", "--why", "migration of the tables");
        awaitPaused("sink", true);
        String run = sample.json("sync", "--connection", "sheet", "--force")
                .get("run")
                .asText();
        CommandLineRun status = sample.command("status");

        assertThat(paused.exitCode()).as(paused.err()).isZero();
        assertThat(paused.out()).matches("the sink is paused since \\S+ by .*: migration of the tables\n");
        assertThat(status.out()).contains("the sink is paused since", "migration of the tables");
        assertThat(sample.stack().notReady()).isEmpty();
        assertThat(sample.metrics("sink")).contains("listings_paused{service=\"sink\"} 1.0");
        assertThat(sample.json("doctor").get("findings").findValuesAsText("fix"))
                .contains("'./listing-sync resume sink' lets it go on");

        assertThat(sample.command("resume", "sink").exitCode()).isZero();
        awaitPaused("sink", false);
        assertThat(sample.command("status", run, "--wait").exitCode()).isZero();
    }

    @Test
    void pausesOneFeedAndLeavesTheOthersReading() throws Exception {
        assertThat(sample.command("pause", "feed", "mls-vow/media").exitCode()).isZero();
        awaitPaused("producer", true);

        String others = sample.json("sync", "--connection", "mls-vow/rooms", "--force")
                .get("run")
                .asText();
        String held = sample.json("sync", "--connection", "mls-vow/media", "--force")
                .get("run")
                .asText();

        assertThat(sample.command("status", others, "--wait").exitCode()).isZero();
        assertThat(sample.json("status", held).get("status").asText()).isEqualTo("running");
        assertThat(sample.command("resume", "feed", "mls-vow/media").exitCode()).isZero();
        assertThat(sample.command("status", held, "--wait").exitCode()).isZero();
    }

    @Test
    void pausesProcessorAndGoesOnWhereItStood() throws Exception {
        assertThat(sample.command("pause", "processor").exitCode()).isZero();
        awaitPaused("processor", true);
        String run = sample.json("sync", "--connection", "mls-idx/rooms", "--force")
                .get("run")
                .asText();

        assertThat(sample.command("resume", "processor").exitCode()).isZero();

        assertThat(sample.command("status", run, "--wait").exitCode()).isZero();
    }

    @Test
    void refusesToPauseWhatThereIsNot() {
        CommandLineRun run = sample.command("pause", "feed", "mls-vow/medai");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no producer has feed mls-vow/medai", "mls-vow/media");
    }

    @Test
    void findsNothingWrongWithWhatIsAsItMustBe() throws IOException {
        CommandLineRun run = sample.command("doctor", "--json");
        JsonNode doctor = Json.MAPPER.readTree(run.out());

        assertThat(doctor.get("findings"))
                .filteredOn(finding -> finding.get("level").asText().equals("bad"))
                .isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(doctor.get("findings").findValuesAsText("area"))
                .contains("machine", "kafka", "supabase", "source mls-idx", "source mls-vow", "source sheet");
        assertThat(doctor.get("findings").findValuesAsText("words"))
                .contains("refuses rows that are not newer", "accepted");
        assertThat(run.out()).doesNotContain(sample.serviceRoleKey());
    }

    @Test
    void findsTableWhoseGuardIsGone() throws Exception {
        tables.execute("drop trigger a_refuse_older on public.open_houses");
        try {
            CommandLineRun run = sample.command("doctor");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).contains("wrong supabase: guard of open_houses: there is none");
        } finally {
            tables.execute("create trigger a_refuse_older before update on public.open_houses for each row"
                    + " when (new.row_version <= old.row_version) execute function public.listing_sync_refuse_older()");
        }
    }

    @Test
    void findsKeyThatIsNotAccepted() {
        CommandLineRun run = CommandLineRun.of(
                Map.of(
                        "SUPABASE_URL",
                        sample.address("supabase"),
                        "SUPABASE_SERVICE_ROLE_KEY",
                        "not-the-key",
                        "KAFKA_BOOTSTRAP_SERVERS",
                        sample.address("kafka"),
                        "SYNC_TOPIC_PARTITIONS",
                        "4"),
                "doctor");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("wrong supabase: key: not accepted (HTTP 401)")
                .doesNotContain("not-the-key");
    }

    @Test
    void findsKafkaThatDoesNotAnswer() {
        CommandLineRun run = CommandLineRun.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1"), "doctor");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("wrong kafka: address: Kafka does not answer at 127.0.0.1:1");
    }

    @Test
    void listsTopicsWithSizesAndLag() throws IOException {
        JsonNode topics = sample.json("topics", "list");
        JsonNode rows = null;
        for (JsonNode topic : topics) {
            rows = topic.get("topic").asText().equals("listings.rows") ? topic : rows;
        }

        assertThat(rows).isNotNull();
        assertThat(rows.get("records").asLong()).isPositive();
        assertThat(rows.get("bytes").asLong()).isPositive();
        assertThat(rows.get("lag").has("listings-sink")).isTrue();
        assertThat(rows.get("contradictions")).isEmpty();
        assertThat(sample.command("topics", "list").out())
                .contains("all for 7 days, then the latest of a key", "listings-sink ");
    }

    @Test
    void describesOneTopic() throws IOException {
        JsonNode topic = sample.json("topics", "describe", "rows");

        assertThat(topic.get("partitions")).hasSize(4);
        assertThat(topic.get("config").get("cleanup.policy").asText()).isEqualTo("compact");
        assertThat(sample.command("topics", "describe", "listings.rows").out())
                .contains("cleanup.policy=compact", "in sync");
        assertThat(sample.command("topics", "describe", "no-such").exitCode()).isEqualTo(2);
    }

    @Test
    void watchesRunToItsEnd() throws IOException {
        String run = sample.json("sync", "--connection", "mls-idx/property", "--force")
                .get("run")
                .asText();

        CommandLineRun watched = sample.command("status", run, "--watch", "--json");

        assertThat(watched.exitCode()).isZero();
        List<String> lines = watched.out().lines().toList();
        assertThat(Json.MAPPER
                        .readTree(lines.get(lines.size() - 1))
                        .get("status")
                        .asText())
                .isEqualTo("completed");
    }

    private String listing(int index) {
        return sample.world().records(Resource.PROPERTY, Feed.VOW).stream()
                .map(record -> record.get("ListingKey").asText())
                .filter(key -> tables.count("properties where deleted_at is null and listing_key = ?", key) == 1)
                .skip(index)
                .findFirst()
                .orElseThrow();
    }

    private void awaitPaused(String service, boolean paused) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(sample.metrics(service))
                        .contains("listings_paused{service=\"" + service + "\"} " + (paused ? "1.0" : "0.0")));
    }
}
