package com.listingsync.sink.consume;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.sink.rest.TableServer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens on the way, the table ends as the log says: the highest version of each row that can be written. Dead letters and
 * counts are exact. {@code -Dseeds=10000} for more than the regular number, {@code -Dseed=123} for a single one.
 */
class AnySequenceTest {

    private static final int REGULAR = 400;

    private static final TableServer SERVER = TableServer.start();
    private static final ExecutorService WORKERS = Executors.newFixedThreadPool(4);

    @BeforeAll
    static void begin() {
        assertThat(SERVER.requests()).isZero();
    }

    @AfterAll
    static void close() {
        SERVER.close();
        WORKERS.shutdownNow();
    }

    @Test
    void endsInTheTableThatAMaxVersionFoldOfTheLogGives() {
        long only = Long.getLong("seed", -1);
        int seeds = Integer.getInteger("seeds", REGULAR);
        int overlaps = 0;
        for (long seed = Math.max(only, 0); seed < (only < 0 ? seeds : only + 1); seed++) {
            overlaps += check(seed);
        }
        assertThat(overlaps)
                .as("rounds that began before the one before was done")
                .isPositive();
    }

    private static int check(long seed) {
        Sequence sequence = new Sequence(seed);
        try (Journey journey = new Journey(sequence, SERVER, WORKERS)) {
            journey.travel();

            assertThat(journey.tables().all("parents"))
                    .as("parents, seed %d", seed)
                    .isEqualTo(sequence.fold("parents"));
            assertThat(journey.tables().all("children"))
                    .as("children, seed %d", seed)
                    .isEqualTo(sequence.fold("children"));
            assertThat(journey.counted()).as("rows counted, seed %d", seed).isEqualTo(sequence.counted());
            assertThat(journey.refused())
                    .as("dead letters counted, seed %d", seed)
                    .isEqualTo(journey.deadRows());
            assertThat(journey.deadLetters()).as("dead letters, seed %d", seed).doesNotHaveDuplicates();
            assertThat(sequence.bad())
                    .as("what could not be written, seed %d", seed)
                    .containsAll(journey.deadLetters());
            assertThat(journey.deadLetters())
                    .as("what can't be a row, seed %d", seed)
                    .containsAll(sequence.unreadable());
            if (journey.calm()) {
                assertThat(journey.written())
                        .as("rows counted as written, seed %d", seed)
                        .isEqualTo(journey.tables().writes());
            } else {
                assertThat(journey.written())
                        .as("rows counted as written, seed %d", seed)
                        .isLessThanOrEqualTo(journey.tables().writes());
            }
            return journey.overlaps();
        }
    }
}
