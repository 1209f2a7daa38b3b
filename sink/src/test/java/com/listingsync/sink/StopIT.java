package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.health.Service;
import com.listingsync.common.run.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink that is stopped while it is busy, and those that go on with its work. */
class StopIT {

    private static final int ROWS = 10_000;

    @TempDir
    static Path folder;

    private static SinkStack stack;

    @BeforeAll
    static void startStack() throws IOException {
        stack = SinkStack.start(folder);
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @Test
    void sendsNothingOnceItsStopHasReturnedAndRecordsAllThatWasSent() {
        try (SinkTrial trial = new SinkTrial(stack)) {
            trial.properties(0, ROWS);
            trial.start(Map.of("SYNC_BATCH_SIZE", "50", "SYNC_RATE_LIMIT", "100"));
            SinkTrial.eventually(() -> assertThat(stack.count("properties")).isPositive());

            trial.stopSink();

            long requests = stack.requests();
            long rows = stack.count("properties");
            assertThat(rows).as("stopped in the middle").isLessThan(ROWS);
            await().during(Duration.ofMillis(500))
                    .until(() -> stack.requests() == requests && stack.count("properties") == rows);

            trial.start(Map.of());
            trial.awaitWritten(ROWS);
            Tally tally = trial.tally();
            assertThat(tally.unchanged())
                    .as("rows sent again after a clean stop")
                    .isZero();
            assertThat(trial.deadLetters()).isEmpty();
        }
    }

    @Test
    void anotherGoesOnWhereItLeftOff() {
        try (SinkTrial trial = new SinkTrial(stack)) {
            trial.properties(0, 1_000);
            trial.start(Map.of("SYNC_BATCH_SIZE", "20", "SYNC_MAX_IN_FLIGHT", "1"));
            SinkTrial.eventually(() -> assertThat(stack.count("properties")).isPositive());

            trial.stopSink();

            assertThat(trial.tally().written()).isLessThanOrEqualTo(1_000);
            trial.start(Map.of());
            trial.awaitWritten(1_000);
        }
    }

    @Test
    void instancesThatComeAndGoShareTheWorkAndLoseNothing() {
        try (SinkTrial trial = new SinkTrial(stack)) {
            trial.properties(0, 5_000);
            trial.start(Map.of("SYNC_BATCH_SIZE", "20", "SYNC_MAX_IN_FLIGHT", "1"));
            SinkTrial.eventually(() -> assertThat(stack.count("properties")).isPositive());

            try (Service second = SinkApp.start(stack.environment(trial.topics()))) {
                SinkTrial.eventually(() -> assertThat(stack.count("properties")).isGreaterThan(1_000));
                for (int i = 0; i < 5_000; i++) {
                    trial.rows().property("L" + i, 2, "2", Optional.of(RowsTopic.origin("run-2")));
                }
                trial.rows().flush();
                trial.stopSink();

                SinkTrial.eventually(
                        () -> assertThat(stack.column("select count(*) from properties where list_price = 2"))
                                .containsExactly("5000"));
                SinkTrial.eventually(() -> {
                    Tally both = trial.tally().plus(stack.committed().tally(trial.topics(), "run-2"));
                    assertThat(both.written() + both.unchanged() + both.skipped())
                            .isEqualTo(10_000);
                });
                assertThat(trial.deadLetters()).isEmpty();
                assertThat(second.health().live()).allMatch(check -> check.passed());
            }
        }
    }
}
