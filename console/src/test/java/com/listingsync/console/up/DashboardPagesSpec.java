package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.console.dashboard.Browser;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the dashboard shows of what runs, and what can be done on it. */
abstract class DashboardPagesSpec extends DashboardSpec {

    DashboardPagesSpec(RunningSample sample, Browser browser) {
        super(sample, browser);
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
    void showsTheSettingsOfEveryServiceAndNoSecret() throws IOException {
        browser.go(console, "settings");

        browser.says(
                "The producer", "The processor", "The sink", "The console", "Connections: mls-idx, mls-vow, sheet");
        browser.says("SUPABASE_SERVICE_ROLE_KEY", "set, and secret", "KAFKA_BOOTSTRAP_SERVERS");
        assertThat(browser.text())
                .contains(environment.get("KAFKA_BOOTSTRAP_SERVERS"))
                .doesNotContain(sample.serviceRoleKey());
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
        assertThat(browser.ask("const chart = document.querySelector('.u-over'), at = chart.getBoundingClientRect();"
                        + "chart.dispatchEvent(new MouseEvent('mousemove', {clientX: at.x + 9, clientY: at.y + 9}));"
                        + "chart.dispatchEvent(new MouseEvent('mouseleave'));"
                        + "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>"
                        + " done([...document.querySelectorAll('.u-legend .u-series:not(:first-child) .u-value')]"
                        + ".map(value => value.textContent).join(' ')))))"))
                .as("what is newest, when nobody points at the chart any more")
                .asString()
                .contains("/s")
                .doesNotContain("–", "--");
    }

    @Test
    void findsAListingByItsAddressAndShowsWhatSupabaseHolds() {
        Tables tables = sample.tables();
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
}
