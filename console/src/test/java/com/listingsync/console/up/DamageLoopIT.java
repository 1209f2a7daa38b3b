package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.command.CommandLineRun;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.SampleWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The operator's whole loop beside a running {@code up}: damage, what is said of it, what mends it, and the proof that it is mended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamageLoopIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path temporary;

    private RunningSample sample;
    private SampleWorld world;
    private Tables tables;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        sample = RunningSample.of(8, 30)
                .with("SYNC_CIRCUIT_BREAKER_TIMEOUT", "1s")
                .startIn(temporary);
        world = sample.world();
        tables = sample.tables();
    }

    @AfterAll
    void stop() {
        sample.close();
    }

    @Test
    void wrongTypeInASheetIsHealedInTheSheet() throws IOException {
        String number = unlinked(0);
        world.editSheetRow(number, "Price", "ask us");
        assertThat(sample.command("sync", "--connection", "sheet", "--wait").exitCode())
                .as("a run with a refused row is not completed")
                .isEqualTo(1);

        JsonNode letter = onlyLetter(number);
        CommandLineRun explained = CommandLineRun.of(
                Map.of(), "dlq", "explain", letter.path("code").asText());
        assertThat(letter.path("state").asText()).isEqualTo("open");
        assertThat(letter.path("entity").asText()).isEqualTo("sheet");
        assertThat(explained.out()).contains("meaning", "fix");

        world.editSheetRow(number, "Price", 450_000);
        assertThat(sample.command("sync", "--connection", "sheet", "--wait").exitCode())
                .isZero();

        eventually(() -> {
            assertThat(letters(number)).isEmpty();
            assertThat(letters(number, "--state", "superseded")).hasSize(1);
            assertThat(price(number)).isEqualTo("450000");
        });
        assertThat(sample.command("verify", "--table", "property_listings").exitCode())
                .isZero();
    }

    @Test
    void wrongTypeInASheetIsHealedInItsLetter() throws IOException {
        String number = unlinked(1);
        world.editSheetRow(number, "Price", "call");
        sample.command("sync", "--connection", "sheet", "--wait");
        String id = onlyLetter(number).path("id").asText();

        CommandLineRun edited = sample.command(
                "dlq", "edit", id, "--patch", "{\"Price\": 615000}", "--yes", "--why", "the owner said so by phone");

        assertThat(edited.exitCode()).as(edited.err()).isZero();
        eventually(() -> {
            assertThat(price(number)).isEqualTo("615000");
            assertThat(letters(number)).isEmpty();
            assertThat(letters(number, "--state", "resolved")).hasSize(1);
        });
        assertThat(sample.command("audit").out()).contains("the owner said so by phone");
        // The sheet still says what it said: the same words do not undo the correction.
        sample.command("sync", "--connection", "sheet", "--force", "--wait");
        assertThat(price(number)).isEqualTo("615000");
        assertThat(sample.command("verify", "--table", "property_listings").exitCode())
                .isZero();
        world.editSheetRow(number, "Price", 615_000);
        sample.command("sync", "--connection", "sheet", "--wait");
    }

    @Test
    void columnThatIsDroppedHoldsTheSinkAndIsMendedByAddingItAndRepairing() throws Exception {
        String key = world.records(Resource.PROPERTY, Feed.VOW).stream()
                .map(property -> property.get("ListingKey").asText())
                .filter(listing ->
                        tables.count("properties where deleted_at is null and listing_key = ?", listing) == 1)
                .findFirst()
                .orElseThrow();
        tables.execute("alter table public.properties drop column list_price");
        world.changePrice(key, 1_234_500);
        String run = sample.json("sync", "--connection", "mls-vow/property")
                .get("run")
                .asText();
        eventually(() -> assertThat(String.join(" ", sample.stack().notReady())).contains("sink"));

        CommandLineRun doctor = sample.command("doctor");

        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.out()).contains("wrong supabase: table properties: has no column list_price");
        // Nothing is refused for it: every row waits.
        assertThat(sample.json("status", run).get("status").asText()).isEqualTo("running");
        assertThat(sample.json("dlq", "list", "--stage", "sink").get("matching").asLong())
                .isZero();

        tables.execute("alter table public.properties add column list_price numeric");
        assertThat(sample.command("status", run, "--wait").exitCode()).isZero();
        assertThat(tables.row("select list_price from properties where listing_key = ?", key))
                .containsEntry("list_price", "1234500");

        CommandLineRun found = sample.command("verify", "--table", "properties");
        CommandLineRun repaired = sample.command("verify", "--table", "properties", "--repair");

        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.out()).contains("different", "list_price");
        assertThat(repaired.exitCode()).as(repaired.out() + repaired.err()).isZero();
        assertThat(sample.command("verify", "--table", "properties").exitCode()).isZero();
    }

    @Test
    void findsWhatTheLogHasAndTheSourcesHaveLost() throws IOException {
        JsonNode before = sample.json("verify", "--source").get("source");
        assertThat(before.get("inSync").asBoolean()).as(before.toString()).isTrue();
        assertThat(before.get("feeds").fieldNames())
                .toIterable()
                .contains("mls-idx/property", "mls-vow/media", "sheet/Listings");
        List<ObjectNode> inBothFeeds = world.records(Resource.PROPERTY, Feed.IDX);
        String key = inBothFeeds.get(inBothFeeds.size() - 1).get("ListingKey").asText();

        world.withdrawFromBoth(key);

        CommandLineRun run = sample.command("verify", "--source", "--json");
        JsonNode source = Json.MAPPER.readTree(run.out()).get("source");
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(source.get("inSync").asBoolean()).isFalse();
        assertThat(source.at("/feeds/mls-idx~1property/extra").asLong()).isOne();
        assertThat(source.at("/feeds/mls-vow~1property/extra").asLong()).isOne();
        assertThat(source.at("/feeds/mls-vow~1media/extra").asLong()).isPositive();
        assertThat(source.at("/feeds/sheet~1Listings/extra").asLong()).isZero();
    }

    @Test
    void verifyFindsNothingWrongWhileRowsFlow() throws Exception {
        List<String> keys = world.records(Resource.PROPERTY, Feed.VOW).stream()
                .map(property -> property.get("ListingKey").asText())
                .toList();
        Thread living = new Thread(() -> {
            int round = 0;
            while (!Thread.currentThread().isInterrupted()) {
                for (String key : keys.subList(5, 20)) {
                    world.changePrice(key, 500_000 + ++round);
                }
                sample.command("sync", "--connection", "mls-vow/property", "--wait");
            }
        });
        living.start();
        try {
            for (int i = 0; i < 3; i++) {
                CommandLineRun run = sample.command("verify", "--table", "media,property_rooms,open_houses,properties");

                assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            }
        } finally {
            living.interrupt();
            living.join();
        }
    }

    /** A row of the sheet that names no listing, so that its price is its own. */
    private String unlinked(int index) {
        Truth truth = new Truth(world);
        return truth.propertyNumbers().stream()
                .filter(number -> !truth.links().containsKey(number))
                .skip(index)
                .findFirst()
                .orElseThrow();
    }

    private String price(String number) {
        return tables.row("select price from property_listings where property_number = ?", number)
                .getOrDefault("price", "none");
    }

    private JsonNode onlyLetter(String key) throws IOException {
        eventually(() -> assertThat(letters(key)).hasSize(1));
        return letters(key).get(0);
    }

    private JsonNode letters(String key, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("dlq", "list", "--keys", key));
        arguments.addAll(Arrays.asList(more));
        return sample.json(arguments.toArray(String[]::new)).get("letters");
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).untilAsserted(assertion);
    }
}
