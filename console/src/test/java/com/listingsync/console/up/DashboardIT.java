package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.run.RunStatus;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.KeyText;
import com.listingsync.console.ConsoleApp;
import com.listingsync.console.access.KeysFile;
import com.listingsync.console.access.Role;
import com.listingsync.console.dashboard.Browser;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.shell.StopSignal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a real browser, beside everything that {@code up} starts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardIT {

    private static final int LISTINGS = 150;
    private static final int LAST = Integer.MAX_VALUE;
    private static final List<String> PAGES = List.of(
            "",
            "alerts",
            "alerts/BreakerOpen",
            "runs",
            "feeds",
            "listings",
            "letters",
            "replays",
            "topics",
            "activity",
            "settings");

    @TempDir
    static Path temporary;

    private DataFolder folder;
    private Stack stack;
    private Browser browser;
    private URI console;
    private Map<String, String> environment;

    @BeforeAll
    void start() throws Exception {
        assumeTrue(Browser.missing().isEmpty(), () -> Browser.missing().orElse(""));
        folder = DataFolder.open(temporary.resolve("data"));
        UpPlan plan = new UpPlan(
                folder.path(),
                new Ports(OptionalInt.empty()),
                new Upstreams.Sample(OptionalLong.of(7), OptionalInt.of(LISTINGS)),
                UpPlan.Ending.STOP_SIGNAL,
                UpPlan.Result.TABLE);
        stack = new StackStart(plan, folder, Map.of(), () -> false).start();
        stack.awaitReady(Duration.ofMinutes(2), new StopSignal());
        try (RunsTail tail = RunsTail.open(stack.kafka())) {
            assertThat(new FullRun(stack, () -> true)
                            .follow(tail, Instant.now(), state -> {})
                            .orElseThrow()
                            .status())
                    .isEqualTo(RunStatus.COMPLETED);
        }
        console = URI.create(stack.endpoints().addresses().get("console"));
        environment = new HashMap<>(stack.endpoints().environment());
        environment.put("SYNC_CONSOLE_PORT", "0");
        browser = Browser.open(temporary.resolve("profile"));
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (stack != null) {
            stack.close();
            folder.close();
        }
    }

    @AfterEach
    void complainsAboutNothing() {
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void drawsThePipelineWithWhatItKnowsOfEachStage() {
        browser.go(console, "");

        browser.says("All is well", "Sources", "mls-idx", "mls-vow", "sheet", "Processor", "Supabase", "closed");
        browser.picture("overview");
    }

    @Test
    void showsARunAskedForHereToItsEnd() {
        browser.go(console, "feeds");
        browser.press("Sync mls-vow");
        browser.says("Start a run?");
        browser.press("Sync mls-vow");

        browser.says("asked for by api", "mls-vow/property", "completed", "The books", "balance");
        assertThat(browser.text()).doesNotContain("mls-idx/property");
        browser.picture("run");
    }

    @Test
    void showsConnectionsWithTheirLastAndNextReading() {
        browser.go(console, "feeds");

        browser.says("mls-idx", "circuit breaker closed", "property", "up to date", "ago");
        browser.picture("connections");
    }

    @Test
    void asksForAKeyWhereOneIsNeededAndRefusesAWrongOne() {
        KeysFile keys = new KeysFile(temporary.resolve("keys.json"));
        String key = keys.add("screen", Role.VIEWER, Clock.systemUTC(), new Random(1));
        Map<String, String> locked = new HashMap<>(environment);
        locked.put("SYNC_CONSOLE_KEYS", keys.path().toString());
        try (ConsoleApp app = ConsoleApp.start(locked)) {
            browser.go(app.api(), "settings");
            browser.says("This console asks for an API key");
            assertThat(browser.barriers()).isEmpty();

            browser.type("API key", "lsk_wrong");
            browser.press("Open");
            browser.says("this key opens nothing here");

            browser.type("API key", key);
            browser.press("Open");
            browser.says("screen", "viewer", "every call needs one");
            browser.go(app.api(), "runs");
            browser.says("History");
            assertThat(browser.ask("return document.querySelector('.page-head button').disabled"))
                    .isEqualTo(true);
        }
    }

    @Test
    void saysThatTheConsoleIsAwayAndComesBackWithIt() {
        Map<String, String> again = new HashMap<>(environment);
        URI address;
        try (ConsoleApp app = ConsoleApp.start(again)) {
            address = app.api();
            browser.go(address, "runs");
            browser.says("completed");
        }

        browser.says("The console does not answer", "No connection to the console");

        again.put("SYNC_CONSOLE_PORT", Integer.toString(address.getPort()));
        try (ConsoleApp app = ConsoleApp.start(again)) {
            browser.doesNotSay("The console does not answer");
            browser.says("completed");
        }
    }

    @Test
    void saysWhatIsWrongWhereItIsWrong() {
        Map<String, String> broken = new HashMap<>(environment);
        broken.put(
                "SYNC_CONSOLE_SERVICES",
                "producer=" + stack.endpoints().services().get("producer") + ",sink=http://127.0.0.1:1");
        try (ConsoleApp app = ConsoleApp.start(broken)) {
            browser.go(app.api(), "");

            browser.says("sink: does not answer at http://127.0.0.1:1", "no answer");
            assertThat(browser.ask("return document.querySelectorAll('.stage-bad h2')[0].innerText"))
                    .isEqualTo("Supabase");
        }
    }

    @Test
    void hasNoBarriersInLightInDarkAndOnAPhone() {
        for (String page : PAGES) {
            browser.go(console, page);
            browser.says("All is well");
            Browser.eventually(() -> assertThat(browser.text()).doesNotContain("Asking …"));
            assertThat(browser.barriers()).as(page).isEmpty();
            browser.dark(() ->
                    assertThat(browser.barriers()).as(page + " in the dark").isEmpty());
            browser.onAPhone(() -> {
                assertThat(browser.barriers()).as(page + " on a phone").isEmpty();
                assertThat(browser.wider()).as(page + " is wider than a phone").isEmpty();
            });
        }
    }

    @Test
    void canBeWalkedThroughWithTheKeyboard() {
        browser.go(console, "");
        browser.says("All is well");

        browser.ask("document.querySelector('.skip').focus(); document.querySelector('.skip').click()");
        assertThat(browser.ask("return document.activeElement.id")).isEqualTo("main");

        browser.ask("document.querySelector('nav a[href=\"#/runs\"]').focus()");
        browser.ask("document.activeElement.click()");
        browser.says("Every pass over the sources");
        Browser.eventually(() ->
                assertThat(browser.ask("return document.activeElement.tagName")).isEqualTo("H1"));
    }

    @Test
    void loadsLittleAndSoon() {
        browser.go(console, "");
        browser.says("All is well");

        Number bytes = (Number) browser.ask("return performance.getEntriesByType('resource')"
                + ".concat(performance.getEntriesByType('navigation'))"
                + ".filter(e => !e.name.includes('/api/')).reduce((sum, e) => sum + e.transferSize, 0)");
        Number interactive =
                (Number) browser.ask("return performance.getEntriesByType('navigation')[0].domInteractive");

        assertThat(bytes.longValue()).isBetween(1L, 300_000L);
        assertThat(interactive.doubleValue()).isLessThan(1_000);
    }

    @Test
    void findsAListingByItsAddressAndShowsWhatSupabaseHolds() {
        Tables tables = new Tables(stack.endpoints().addresses().get("jdbc"));
        Map<String, String> row = tables.row("select listing_key, address, city from properties"
                + " where deleted_at is null and address is not null order by listing_key limit 1");
        long photos = tables.count("media where listing_key = ? and deleted_at is null", row.get("listing_key"));

        browser.go(console, "listings");
        browser.type("Key, MLS number, property number or address", row.get("address"));
        browser.press("Search");
        browser.press(row.get("listing_key"));

        browser.says(row.get("address"), row.get("city"), "Photos\n" + photos, "Status history", "The row in Supabase");
        browser.says("fetched from mls-", "made a row", "in step: Supabase holds what the log says");
        assertThat(browser.barriers()).isEmpty();
        browser.onAPhone(() -> assertThat(browser.wider()).isEmpty());
        browser.picture("listing");
    }

    @Test
    void saysOfAKeyThatNobodyKnowsThatNobodyKnowsIt() {
        browser.go(console, "listings");
        browser.type("Key, MLS number, property number or address", "nowhere-1");
        browser.press("Search");
        browser.press("What the log knows of nowhere-1");

        browser.says("no source has this key, as far as the log goes back");
    }

    @Test
    void provesThatSupabaseIsAsTheLogSays() {
        browser.go(console, "");
        browser.press("Verify now");
        browser.says("Nothing is changed.");
        browser.press("Verify now");

        browser.says("Supabase is as the log says", "rows compared in");
    }

    @Test
    void pausesAConnectionAndLetsItGoOn() {
        browser.go(console, "feeds");
        browser.press("Pause mls-idx");
        browser.says("Pause mls-idx?");
        browser.type("Reason (shown wherever the pause is)", "the board asked");
        browser.press("Pause mls-idx");

        browser.says("connection mls-idx is paused", "by api:local", "the board asked");
        browser.go(console, "");
        browser.says("connection mls-idx is paused");

        browser.press("Resume connection mls-idx");
        browser.says("It goes on where it stopped.");
        browser.press("Resume connection mls-idx");
        browser.doesNotSay("is paused");
    }

    @Test
    @Order(LAST - 1)
    void explainsARefusedRecordTakesItsMendedValueAndLetsItGo() {
        BadRecords.write(stack.kafka(), "LOOP-1");
        browser.go(console, "letters");
        browser.says("bad-value", "LOOP-1", "1 letter");
        browser.go(console, "");
        browser.press("DeadLettersGrowing");
        browser.says("the processor refuses records: bad-value", "What it means, and what to do");

        browser.go(console, "letters");
        browser.press("property LOOP-1");
        browser.says("A value does not fit", "mls-idx/property", "open");
        assertThat(browser.barriers()).isEmpty();
        browser.onAPhone(() -> assertThat(browser.wider()).isEmpty());
        browser.edit("value", "\"ask\"", "1250000");
        browser.says("+   \"ListPrice\": 1250000");
        browser.picture("letter");
        browser.press("Replay as edited");
        browser.says("Replay it as edited?");
        browser.press("Replay as edited");

        browser.says("It was sent again to listings.source.property", "resolved");
        browser.go(console, "letters");
        browser.says("There is no such dead letter.");
        assertThat(new Tables(stack.endpoints().addresses().get("jdbc"))
                        .row("select list_price from properties where listing_key = 'LOOP-1'"))
                .containsEntry("list_price", "1250000");
    }

    @Test
    @Order(LAST)
    void staysSmoothWithFiftyThousandDeadLetters() {
        writeLetters(50_000);

        browser.go(console, "letters");
        browser.says("letters, the newest first", "22003");
        // What this machine draws when nothing moves.
        List<Double> still = browser.framesWhileScrolling("main");
        List<Double> frames = browser.framesWhileScrolling(".long");

        assertThat(browser.ask("return document.querySelectorAll('.long li').length"))
                .isInstanceOf(Long.class);
        assertThat((Long) browser.ask("return document.querySelectorAll('.long li').length"))
                .isLessThan(60);
        assertThat(frames.get(frames.size() / 2))
                .as("usual frame, in ms")
                .isLessThan(Math.max(50, 2 * still.get(still.size() / 2)));
    }

    private void writeLetters(int count) {
        try (Producer<byte[], byte[]> producer = stack.kafka().plain()) {
            String topic = stack.kafka().topics().deadLetters(Stage.SINK).name();
            for (int i = 0; i < count; i++) {
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                        topic,
                        KeyText.join("L" + i, "properties", "L" + i).getBytes(StandardCharsets.UTF_8),
                        ("{\"listing_key\":\"L" + i + "\",\"list_price\":1e99}").getBytes(StandardCharsets.UTF_8));
                new DeadLetter(
                                Stage.SINK,
                                "22003",
                                "numeric field overflow",
                                Optional.of("list_price"),
                                Optional.of(400),
                                1,
                                Optional.empty(),
                                Optional.of(new DeadLetter.Position(
                                        stack.kafka().topics().rows().name(), 0, 1_000_000L + i)),
                                Instant.now())
                        .write(null, record.headers());
                var unused = producer.send(record);
            }
        }
    }
}
