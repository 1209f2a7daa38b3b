package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.command.CommandLineRun;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.SampleWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
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

    private DataFolder folder;
    private Stack stack;
    private SampleWorld world;
    private Tables tables;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        folder = DataFolder.open(temporary.resolve("data"));
        UpPlan plan = new UpPlan(
                folder.path(),
                new Ports(OptionalInt.empty()),
                new Upstreams.Sample(OptionalLong.of(8), OptionalInt.of(30)),
                UpPlan.Ending.STOP_SIGNAL,
                UpPlan.Result.TABLE);
        stack = new StackStart(plan, folder, Map.of("SYNC_SCHEDULE", "off"), () -> false).start();
        stack.awaitReady(PATIENCE, new StopSignal());
        stack.endpoints().write(folder);
        world = stack.samples().orElseThrow().world();
        tables = new Tables(jdbc());
        try (RunsTail tail = RunsTail.open(stack.kafka())) {
            new FullRun(stack, () -> true).follow(tail, Instant.now(), state -> {});
        }
    }

    @AfterAll
    void stop() {
        stack.close();
        folder.close();
    }

    @Test
    void wrongTypeInASheetIsHealedInTheSheet() throws IOException {
        String number = unlinked(0);
        world.editSheetRow(number, "Price", "ask us");
        assertThat(command("sync", "--connection", "sheet", "--wait").exitCode())
                .as("a run with a refused row is not completed")
                .isEqualTo(1);

        JsonNode letter = onlyLetter(number);
        CommandLineRun explained = CommandLineRun.of(
                Map.of(), "dlq", "explain", letter.path("code").asText());
        assertThat(letter.path("state").asText()).isEqualTo("open");
        assertThat(letter.path("entity").asText()).isEqualTo("sheet");
        assertThat(explained.out()).contains("meaning", "fix");

        world.editSheetRow(number, "Price", 450_000);
        assertThat(command("sync", "--connection", "sheet", "--wait").exitCode())
                .isZero();

        eventually(() -> {
            assertThat(letters(number)).isEmpty();
            assertThat(letters(number, "--state", "superseded")).hasSize(1);
            assertThat(price(number)).isEqualTo("450000");
        });
        assertThat(command("verify", "--table", "property_listings").exitCode()).isZero();
    }

    @Test
    void wrongTypeInASheetIsHealedInItsLetter() throws IOException {
        String number = unlinked(1);
        world.editSheetRow(number, "Price", "call");
        command("sync", "--connection", "sheet", "--wait");
        String id = onlyLetter(number).path("id").asText();

        CommandLineRun edited = command(
                "dlq", "edit", id, "--patch", "{\"Price\": 615000}", "--yes", "--why", "the owner said so by phone");

        assertThat(edited.exitCode()).as(edited.err()).isZero();
        eventually(() -> {
            assertThat(price(number)).isEqualTo("615000");
            assertThat(letters(number)).isEmpty();
            assertThat(letters(number, "--state", "resolved")).hasSize(1);
        });
        assertThat(command("audit").out()).contains("the owner said so by phone");
        // The sheet still says what it said: the same words do not undo the correction.
        command("sync", "--connection", "sheet", "--force", "--wait");
        assertThat(price(number)).isEqualTo("615000");
        assertThat(command("verify", "--table", "property_listings").exitCode()).isZero();
        world.editSheetRow(number, "Price", 615_000);
        command("sync", "--connection", "sheet", "--wait");
    }

    @Test
    void columnThatIsDroppedHoldsTheSinkAndIsMendedByAddingItAndRepairing() throws Exception {
        String key = world.records(Resource.PROPERTY, Feed.VOW).stream()
                .map(property -> property.get("ListingKey").asText())
                .filter(listing ->
                        tables.count("properties where deleted_at is null and listing_key = ?", listing) == 1)
                .findFirst()
                .orElseThrow();
        sql("alter table public.properties drop column list_price");
        sql("notify pgrst, 'reload schema'");
        world.changePrice(key, 1_234_500);
        String run = json("sync", "--connection", "mls-vow/property").get("run").asText();
        eventually(() -> assertThat(String.join(" ", stack.notReady())).contains("sink"));

        CommandLineRun doctor = command("doctor");

        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.out()).contains("wrong supabase: table properties: has no column list_price");
        // Nothing is refused for it: every row waits.
        assertThat(json("status", run).get("status").asText()).isEqualTo("running");
        assertThat(json("dlq", "list", "--stage", "sink").get("matching").asLong())
                .isZero();

        sql("alter table public.properties add column list_price numeric");
        sql("notify pgrst, 'reload schema'");
        assertThat(command("status", run, "--wait").exitCode()).isZero();
        assertThat(tables.row("select list_price from properties where listing_key = ?", key))
                .containsEntry("list_price", "1234500");

        CommandLineRun found = command("verify", "--table", "properties");
        CommandLineRun repaired = command("verify", "--table", "properties", "--repair");

        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.out()).contains("different", "list_price");
        assertThat(repaired.exitCode()).as(repaired.out() + repaired.err()).isZero();
        assertThat(command("verify", "--table", "properties").exitCode()).isZero();
    }

    @Test
    void findsWhatTheLogHasAndTheSourcesHaveLost() throws IOException {
        JsonNode before = json("verify", "--source").get("source");
        assertThat(before.get("inSync").asBoolean()).as(before.toString()).isTrue();
        assertThat(before.get("feeds").fieldNames())
                .toIterable()
                .contains("mls-idx/property", "mls-vow/media", "sheet/Listings");
        List<ObjectNode> inBothFeeds = world.records(Resource.PROPERTY, Feed.IDX);
        String key = inBothFeeds.get(inBothFeeds.size() - 1).get("ListingKey").asText();

        world.withdrawFromBoth(key);

        CommandLineRun run = command("verify", "--source", "--json");
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
                command("sync", "--connection", "mls-vow/property", "--wait");
            }
        });
        living.start();
        try {
            for (int i = 0; i < 3; i++) {
                CommandLineRun run = command("verify", "--table", "media,property_rooms,open_houses,properties");

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
        return json(arguments.toArray(String[]::new)).get("letters");
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).untilAsserted(assertion);
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

    private JsonNode json(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--json");
        CommandLineRun run = command(all.toArray(String[]::new));
        assertThat(run.out()).as(run.err()).isNotBlank();
        return Json.MAPPER.readTree(run.out());
    }

    private CommandLineRun command(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--data", folder.path().toString()));
        return CommandLineRun.of(Map.of(), all.toArray(String[]::new));
    }
}
