package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.console.ConsoleApp;
import com.listingsync.console.access.KeysFile;
import com.listingsync.console.access.Role;
import com.listingsync.console.dashboard.Browser;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the dashboard says of services that are away, wrong or doubled, and to whoever has no key. */
abstract class DashboardTroubleSpec extends DashboardSpec {

    private final Path temporary;

    DashboardTroubleSpec(RunningSample sample, Browser browser, Path temporary) {
        super(sample, browser);
        this.temporary = temporary;
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
        broken.put("SYNC_CONSOLE_SERVICES", "producer=" + sample.service("producer") + ",sink=http://127.0.0.1:1");
        try (ConsoleApp app = ConsoleApp.start(broken)) {
            browser.go(app.api(), "");

            browser.says("sink: does not answer at http://127.0.0.1:1", "no answer");
            assertThat(browser.ask("return document.querySelectorAll('.stage-bad h2')[0].innerText"))
                    .isEqualTo("Supabase");
        }
    }

    @Test
    void drawsAServiceThatRunsTwiceAsOneAndSaysWhichOfThemIsWrong() {
        Map<String, String> twice = new HashMap<>(environment);
        URI sink = sample.service("sink");
        twice.put("SYNC_CONSOLE_SERVICES", "sink=" + sink + ",http://127.0.0.2:1");
        try (ConsoleApp app = ConsoleApp.start(twice)) {
            browser.go(app.api(), "");

            browser.says("sink@127.0.0.2:1: does not answer at http://127.0.0.2:1", "1 of 2 ready");
            browser.go(app.api(), "settings");
            browser.says("sink@127.0.0.2:1 does not say its settings", "sink@" + sink.getAuthority());
        }
    }
}
