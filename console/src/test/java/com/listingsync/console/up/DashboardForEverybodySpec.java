package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.console.dashboard.Browser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Whether everybody can use the dashboard: in the dark, on a phone, without a mouse, on a slow line. */
abstract class DashboardForEverybodySpec extends DashboardSpec {

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

    DashboardForEverybodySpec(RunningSample sample, Browser browser) {
        super(sample, browser);
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
}
