package com.listingsync.console.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.run.RunState;
import org.junit.jupiter.api.Test;

class QuietRunTest {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;

    private final QuietRun quiet = new QuietRun(0);

    @Test
    void asksForTheProcessorWhenNobodyReportsAtAll() {
        assertThat(quiet.note("r1", 14 * SECOND)).isEmpty();
        assertThat(quiet.note("r1", 15 * SECOND))
                .contains("nobody has reported on run r1 yet: is the processor running?");
        assertThat(quiet.note("r1", 16 * SECOND)).as("said once").isEmpty();
    }

    @Test
    void saysThatARunHasNotMovedEveryTwoMinutes() {
        RunState state = RunState.first("r1", 0);
        quiet.saw(state, 0);
        quiet.saw(state, MINUTE);

        assertThat(quiet.note("r1", 2 * MINUTE - 1)).isEmpty();
        assertThat(quiet.note("r1", 2 * MINUTE).orElseThrow()).startsWith("run r1 has not moved for 2 minutes");
        assertThat(quiet.note("r1", 3 * MINUTE)).isEmpty();
        assertThat(quiet.note("r1", 4 * MINUTE).orElseThrow()).startsWith("run r1 has not moved for 4 minutes");
    }

    @Test
    void isStillWhileARunMoves() {
        quiet.saw(RunState.first("r1", 0), 0);
        quiet.saw(RunState.first("r1", 1), 3 * MINUTE);

        assertThat(quiet.note("r1", 4 * MINUTE)).isEmpty();
    }
}
