package com.listingsync.console.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedProgressTest {

    private static final FeedName FEED = new FeedName("mls", "property");

    private final FeedProgress progress = new FeedProgress();

    @Test
    void saysThatAFeedWaits() {
        assertThat(progress.lines(announced(), 0).get(1)).matches("mls/property +- +- +waiting +-");
    }

    @Test
    void showsRatePercentAndRemainingOfWhatWasAnnounced() {
        RunState started = announced().plus(new Outcome.FeedStarted(FEED, 4_000L, 0));
        progress.lines(started, 0);

        List<String> lines = progress.lines(counted(started, 1_000), 2_000);

        assertThat(lines.get(1)).matches("mls/property +1,000 +500 +25 % +0:06");
    }

    @Test
    void leavesPercentOutWhenNothingWasAnnounced() {
        RunState started = announced().plus(new Outcome.FeedStarted(FEED, null, 0));
        progress.lines(started, 0);

        List<String> lines = progress.lines(counted(started, 1_000), 2_000);

        assertThat(lines.get(1)).matches("mls/property +1,000 +500 +- +-");
    }

    @Test
    void isDoneWhenAllIsAccountedFor() {
        RunState ended = counted(announced().plus(new Outcome.FeedStarted(FEED, 10L, 0)), 10)
                .plus(new Outcome.FeedFinished(FEED, null, 3_000));

        assertThat(progress.lines(ended, 3_000).get(1)).matches("mls/property +10 +- +100 % +-");
    }

    @Test
    void saysThatAFeedFailed() {
        RunState failed = announced()
                .plus(new Outcome.FeedStarted(FEED, 10L, 0))
                .plus(new Outcome.FeedFinished(FEED, "the server is away", 10));

        assertThat(progress.lines(failed, 10).get(1)).contains("failed");
    }

    private static RunState announced() {
        return RunState.first("run", 0).plus(new Outcome.RunStarted(List.of(FEED), "up", 0));
    }

    private static RunState counted(RunState state, long rows) {
        Tally tally = new Tally(Map.of(Tally.FETCHED, rows, Tally.WRITTEN, rows));
        return state.plus(new Outcome.Counted(FEED, tally, 2_000));
    }
}
