package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.console.dashboard.Browser;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The dashboard of a running sample in a browser. Its scripts may complain of nothing, whatever a test does. */
abstract class DashboardSpec {

    final RunningSample sample;
    final Browser browser;

    /** Of the sample's own console. */
    final URI console;

    /** What another console beside the same services is started with. */
    final Map<String, String> environment;

    DashboardSpec(RunningSample sample, Browser browser) {
        this.sample = sample;
        this.browser = browser;
        this.console = URI.create(sample.address("console"));
        this.environment = new HashMap<>(sample.environment());
        environment.put("SYNC_CONSOLE_PORT", "0");
    }

    @AfterEach
    void complainsAboutNothing() {
        assertThat(browser.errors()).isEmpty();
    }
}
