package com.listingsync.console.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.command.ConnectionCard.FeedCard;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Prometheus is told of sync runs. */
class RunMetersTest {

    private static final FeedName LISTINGS = new FeedName("mls", "property");
    private static final FeedName PHOTOS = new FeedName("mls", "media");
    private static final FeedKinds KINDS = new FeedKinds(List.of(new ConnectionCard(
            "mls", "", "mls", "idx", List.of(new FeedCard("property", "property"), new FeedCard("media", "media")))));

    /** Now, in milliseconds. */
    private long now = 1_000_000;

    private final Meters meters = new Meters();
    private final RunMeters runs = new RunMeters(meters, KINDS::of, () -> Instant.ofEpochMilli(now));

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void countsEachRunOnceWhenItEnds() {
        runs.saw(begun("1", LISTINGS));
        runs.saw(ended("1", LISTINGS));
        runs.saw(ended("1", LISTINGS).plus(new Outcome.Counted(LISTINGS, Tally.of(Tally.DERIVED, 1), now)));

        assertThat(value("listings_runs_total{kind=\"status\",status=\"completed\"}"))
                .isEqualTo(1);
        assertThat(value("listings_run_seconds_count{kind=\"status\"}")).isEqualTo(1);
        assertThat(value("listings_run_seconds_sum{kind=\"status\"}")).isEqualTo(30);
    }

    @Test
    void countsARunThatIsOverWhenItIsFirstSeen() {
        runs.saw(failed("1", LISTINGS));

        assertThat(value("listings_runs_total{kind=\"status\",status=\"failed\"}"))
                .isEqualTo(1);
    }

    @Test
    void leavesOutWhatEndedBeforeItWatched() {
        runs.found(ended("1", LISTINGS));
        runs.saw(ended("1", LISTINGS));

        assertThat(value("listings_runs_total{kind=\"status\",status=\"completed\"}"))
                .isZero();
    }

    @Test
    void beginsEveryCountWithZero() {
        assertThat(value("listings_runs_total{kind=\"status\",status=\"failed\"}"))
                .isZero();
        assertThat(value("listings_runs_total{kind=\"other\",status=\"partial\"}"))
                .isZero();
    }

    @Test
    void tellsHowLongTheOldestRunHasGoneOn() {
        runs.found(begun("1", LISTINGS));
        runs.saw(begun("2", PHOTOS));

        now += 90_000;

        assertThat(value("listings_run_oldest_seconds{kind=\"status\"}")).isEqualTo(90);
        assertThat(value("listings_run_oldest_seconds{kind=\"other\"}")).isEqualTo(90);
        runs.saw(ended("1", LISTINGS));
        assertThat(value("listings_run_oldest_seconds{kind=\"status\"}")).isZero();
    }

    @Test
    void forgetsARunThatNobodyWillEnd() {
        runs.found(begun("1", LISTINGS));

        now += Duration.ofDays(8).toMillis();

        assertThat(value("listings_run_oldest_seconds{kind=\"status\"}")).isZero();
    }

    @Test
    void tellsThatRowsOfAFinishedRunAreMissing() {
        RunState read = begun("1", LISTINGS)
                .plus(new Outcome.Counted(LISTINGS, Tally.of(Tally.FETCHED, 5), now))
                .plus(new Outcome.FeedFinished(LISTINGS, null, now));
        runs.saw(read.plus(new Outcome.Counted(LISTINGS, Tally.of(Tally.WRITTEN, 3), now)));

        now += 700_000;

        assertThat(value("listings_run_unsettled_seconds")).isEqualTo(700);
        assertThat(value("listings_run_unsettled_records")).isEqualTo(2);
    }

    @Test
    void waitsForNothingWhileARunIsBeingRead() {
        runs.saw(begun("1", LISTINGS).plus(new Outcome.Counted(LISTINGS, Tally.of(Tally.FETCHED, 5), now)));

        now += 700_000;

        assertThat(value("listings_run_unsettled_seconds")).isZero();
    }

    @Test
    void takesARunForOneOfStatusesOnlyWhenAllItsFeedsBearThem() {
        assertThat(KINDS.of(begun("1", LISTINGS))).isEqualTo(RunKind.STATUS);
        assertThat(KINDS.of(begun("1", LISTINGS, PHOTOS))).isEqualTo(RunKind.OTHER);
        assertThat(KINDS.of(begun("1", new FeedName("unheard-of", "property")))).isEqualTo(RunKind.OTHER);
        assertThat(KINDS.knows(begun("1", new FeedName("unheard-of", "property"))))
                .isFalse();
    }

    private RunState begun(String run, FeedName... feeds) {
        RunState state = RunState.first(run, now).plus(new Outcome.RunStarted(List.of(feeds), "schedule", now));
        for (FeedName feed : feeds) {
            state = state.plus(new Outcome.FeedStarted(feed, null, now));
        }
        return state;
    }

    private RunState ended(String run, FeedName feed) {
        return begun(run, feed).plus(new Outcome.FeedFinished(feed, null, now + 30_000));
    }

    private RunState failed(String run, FeedName feed) {
        return begun(run, feed).plus(new Outcome.FeedFinished(feed, "no answer", now + 30_000));
    }

    private double value(String series) {
        Map<String, String> lines = meters.scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> line.substring(line.lastIndexOf(' ') + 1)));
        assertThat(lines).containsKey(series);
        return Double.parseDouble(lines.get(series));
    }
}
