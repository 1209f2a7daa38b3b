package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.run.RunStatus;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.KeyText;
import com.listingsync.console.ConsoleApp;
import com.listingsync.console.access.KeysFile;
import com.listingsync.console.access.Role;
import com.listingsync.console.dashboard.Browser;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.shell.StopSignal;
import java.io.IOException;
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
import org.openqa.selenium.Keys;

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
    void showsTheSettingsOfEveryServiceAndNoSecret() throws IOException {
        browser.go(console, "settings");

        browser.says(
                "The producer", "The processor", "The sink", "The console", "Connections: mls-idx, mls-vow, sheet");
        browser.says("SUPABASE_SERVICE_ROLE_KEY", "set, and secret", "KAFKA_BOOTSTRAP_SERVERS");
        assertThat(browser.text())
                .contains(environment.get("KAFKA_BOOTSTRAP_SERVERS"))
                .doesNotContain(serviceRoleKey());
    }

    @Test
    void drawsAServiceThatRunsTwiceAsOneAndSaysWhichOfThemIsWrong() {
        Map<String, String> twice = new HashMap<>(environment);
        URI sink = stack.endpoints().services().get("sink");
        twice.put("SYNC_CONSOLE_SERVICES", "sink=" + sink + ",http://127.0.0.2:1");
        try (ConsoleApp app = ConsoleApp.start(twice)) {
            browser.go(app.api(), "");

            browser.says("sink@127.0.0.2:1: does not answer at http://127.0.0.2:1", "1 of 2 ready");
            browser.go(app.api(), "settings");
            browser.says("sink@127.0.0.2:1 does not say its settings", "sink@" + sink.getAuthority());
        }
    }

    @Test
    void hasNoBarriersInLightInDarkAndOnAPhone() {
        browser.go(console, "");
        browser.says("All is well");
        for (String page : PAGES) {
            browser.turnTo(page);
            Browser.eventually(() -> assertThat(browser.text()).doesNotContain("Asking …"));
            assertThat(browser.barriers()).as(page).isEmpty();
            browser.picture("page-" + page.replace('/', '-'));
            browser.dark(() -> {
                browser.picture("dark-" + page.replace('/', '-'));
                assertThat(browser.barriers()).as(page + " in the dark").isEmpty();
            });
            browser.onAPhone(() -> {
                browser.picture("phone-" + page.replace('/', '-'));
                assertThat(browser.barriers()).as(page + " on a phone").isEmpty();
                assertThat(browser.wider()).as(page + " is wider than a phone").isEmpty();
            });
        }
    }

    @Test
    void canBeUsedWithTheKeyboardAlone() {
        browser.go(console, "");
        browser.says("All is well");

        browser.tabBackTo("Skip to the page");
        browser.key(Keys.ENTER);
        assertThat(browser.ask("return document.activeElement.id")).isEqualTo("main");

        browser.tabBackTo("Runs");
        browser.key(Keys.ENTER);
        browser.says("Every pass over the sources");
        Browser.eventually(() ->
                assertThat(browser.ask("return document.activeElement.tagName")).isEqualTo("H1"));

        browser.tabTo("Sync now");
        browser.key(Keys.ENTER);
        browser.says("Start a run?");
        browser.tabTo("Cancel");
        browser.key(Keys.ESCAPE);
        browser.doesNotSay("Start a run?");
        assertThat(browser.focused()).as("where one was").isEqualTo("Sync now");
    }

    @Test
    void showsTheSameAfterAReloadInTheMiddle() {
        browser.go(console, "feeds");
        browser.press("Sync mls-idx");
        browser.press("Sync mls-idx");
        browser.says("asked for by api", "mls-idx/media");

        browser.reload();

        browser.says("asked for by api", "mls-idx/media", "completed", "balance");
        browser.go(console, "");
        browser.says("Records a second");
        assertThat(browser.ask("return import('/assets/state.js')"
                        + ".then(m => m.store.trail.length > 0 && m.store.trail[0].at < performance.timeOrigin)"))
                .as("the chart goes back to before this page was opened")
                .isEqualTo(true);
    }

    @Test
    void losesNoRowOfAListWhenSomeGoAndOthersCome() {
        browser.go(console, "");
        browser.says("All is well");

        assertThat(browser.ask("""
                return import('/assets/preact.js').then(({ h, render }) => {
                  const box = document.createElement('div');
                  const rows = (from, to) => {
                    const keys = Array.from({ length: to - from }, (_, i) => from + i);
                    render(h('ul', null, keys.map(key => h('li', { key }, key))), box);
                    return box.textContent;
                  };
                  rows(0, 9);
                  return rows(4, 12);
                })
                """)).isEqualTo("4567891011");
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
        List<Double> steps = browser.scriptWhileScrolling(".long");

        Browser.eventually(() -> assertThat((Long) browser.ask("return document.querySelectorAll('.long li').length"))
                .as("what is in sight is in the page, and nothing else")
                .isBetween(12L, 40L));
        assertThat((Long) browser.ask("return document.querySelector('.long-inner').offsetHeight / 44"))
                .as("letters that came as they were scrolled to")
                .isGreaterThan(250);
        assertThat(steps.get(steps.size() / 2))
                .as("script for a usual step, in ms")
                .isLessThan(8);
    }

    private String serviceRoleKey() throws IOException {
        String key = Json.MAPPER
                .readTree(stack.endpoints().keysFile().toFile())
                .path("serviceRoleKey")
                .asText();
        assertThat(key).isNotBlank();
        return key;
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
