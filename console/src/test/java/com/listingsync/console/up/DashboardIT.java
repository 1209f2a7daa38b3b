package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.listingsync.common.run.RunStatus;
import com.listingsync.console.dashboard.Browser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboard in a real browser, beside everything that {@code up} starts. Each nested class is one subject, in a file of its own,
 * and all share browser and services.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class DashboardIT {

    private static final int LISTINGS = 150;

    @TempDir
    static Path temporary;

    private RunningSample sample;
    private Browser browser;

    @BeforeAll
    void start() throws Exception {
        assumeTrue(Browser.missing().isEmpty(), () -> Browser.missing().orElse(""));
        sample = RunningSample.of(7, LISTINGS).scheduled().startIn(temporary);
        assertThat(sample.firstRun().status()).isEqualTo(RunStatus.COMPLETED);
        browser = Browser.open(temporary.resolve("profile"));
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (sample != null) {
            sample.close();
        }
    }

    @Nested
    class Pages extends DashboardPagesSpec {
        Pages() {
            super(DashboardIT.this.sample, DashboardIT.this.browser);
        }
    }

    @Nested
    class Trouble extends DashboardTroubleSpec {
        Trouble() {
            super(DashboardIT.this.sample, DashboardIT.this.browser, temporary);
        }
    }

    @Nested
    class Everybody extends DashboardForEverybodySpec {
        Everybody() {
            super(DashboardIT.this.sample, DashboardIT.this.browser);
        }
    }

    @Nested
    @Order(Integer.MAX_VALUE)
    class Letters extends DashboardLettersSpec {
        Letters() {
            super(DashboardIT.this.sample, DashboardIT.this.browser);
        }
    }
}
