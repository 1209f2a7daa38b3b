package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.run.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink that is stopped while it is busy. */
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
}
