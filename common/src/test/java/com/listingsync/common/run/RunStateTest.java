package com.listingsync.common.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.run.Outcome.ConnectionRefused;
import com.listingsync.common.run.Outcome.Counted;
import com.listingsync.common.run.Outcome.FeedFinished;
import com.listingsync.common.run.Outcome.FeedStarted;
import com.listingsync.common.run.Outcome.RunStarted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A run ends when all its feeds are read and its books balance, and says honestly how. */
class RunStateTest {

    private static final FeedName LISTINGS = new FeedName("treb", "property");
    private static final FeedName PHOTOS = new FeedName("treb", "media");

    @Test
    void runsUntilEveryAnnouncedFeedIsRead() {
        RunState state = fold(
                new RunStarted(List.of(LISTINGS, PHOTOS), "cli", 1),
                new FeedStarted(LISTINGS, 1L, 2),
                counted(LISTINGS, Tally.FETCHED, 1),
                counted(LISTINGS, Tally.WRITTEN, 1),
                new FeedFinished(LISTINGS, null, 3));

        assertThat(state.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(state.endedAt()).isNull();
    }

    @Test
    void namesTheKeysThatNoFeedHas() {
        RunState state = fold(
                new RunStarted(List.of(LISTINGS, PHOTOS), "cli", 1),
                new FeedFinished(LISTINGS, null, List.of("A1", "A2"), 2),
                new FeedFinished(PHOTOS, null, List.of("A2", "A3"), 3));

        assertThat(state.missingKeys()).containsExactly("A2");
        assertThat(RunState.of(state.bytes())).isEqualTo(state);
    }

    @Test
    void missesNoKeyWhenNoneWasAskedFor() {
        RunState state = fold(new FeedFinished(LISTINGS, null, 2));

        assertThat(state.missingKeys()).isEmpty();
        assertThat(new String(state.bytes(), StandardCharsets.UTF_8)).doesNotContain("missing");
    }

    @Test
    void failsEveryFeedOfAConnectionThatNobodyKnows() {
        RunState state = fold(
                new RunStarted(List.of(LISTINGS, PHOTOS, new FeedName("treb2", "property")), "cli", 1),
                new FeedFinished(LISTINGS, null, 2),
                new FeedFinished(new FeedName("treb2", "property"), null, 2),
                new ConnectionRefused("treb", "there is no such connection", 3));

        assertThat(state.status()).isEqualTo(RunStatus.FAILED);
        assertThat(state.feeds().get("treb/property").problem()).isNull();
        assertThat(state.feeds().get("treb/media").problem()).isEqualTo("there is no such connection");
        assertThat(state.feeds().get("treb2/property").problem()).isNull();
    }

    @Test
    void failsARunOverNothingButAConnectionThatNobodyKnows() {
        RunState state = fold(new ConnectionRefused("treb", "there is no such connection", 3));

        assertThat(state.status()).isEqualTo(RunStatus.FAILED);
        assertThat(state.feeds()).containsOnlyKeys("treb/*");
    }

    @Test
    void completesWhenTheBooksBalance() {
        RunState state = fold(
                new RunStarted(List.of(LISTINGS), "cli", 1),
                new FeedStarted(LISTINGS, 4L, 2),
                new Counted(
                        LISTINGS,
                        new Tally(Map.of(Tally.FETCHED, 4L, Tally.skipped("duplicate"), 1L, Tally.PARKED, 1L)),
                        3),
                new FeedFinished(LISTINGS, null, 4),
                counted(LISTINGS, Tally.WRITTEN, 1),
                counted(LISTINGS, Tally.UNCHANGED, 1));

        assertThat(state.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(state.total().inFlight()).isZero();
    }

    @Test
    void isPartialWhenARecordWasRefused() {
        RunState state = fold(
                new RunStarted(List.of(LISTINGS), "cli", 1),
                counted(LISTINGS, Tally.FETCHED, 1),
                counted(LISTINGS, Tally.refused("22P02"), 1),
                new FeedFinished(LISTINGS, null, 4));

        assertThat(state.status()).isEqualTo(RunStatus.PARTIAL);
    }

    @Test
    void failsWhenAFeedCouldNotBeRead() {
        RunState state = fold(
                new RunStarted(List.of(LISTINGS), "cli", 1), new FeedFinished(LISTINGS, "the token was refused", 4));

        assertThat(state.status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void movesAReleasedChildFromParkedToWritten() {
        RunState parked = fold(
                new RunStarted(List.of(PHOTOS), "cli", 1),
                counted(PHOTOS, Tally.FETCHED, 1),
                counted(PHOTOS, Tally.PARKED, 1),
                new FeedFinished(PHOTOS, null, 4));

        RunState released = parked.plus(counted(PHOTOS, Tally.PARKED, -1)).plus(counted(PHOTOS, Tally.WRITTEN, 1));

        assertThat(parked.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(released.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(released.total().counts()).isEqualTo(Map.of(Tally.FETCHED, 1L, Tally.WRITTEN, 1L));
    }

    @Test
    void endsTheSameInWhateverOrderTheStagesReport() {
        List<Outcome> reports = new ArrayList<>(List.of(
                new RunStarted(List.of(LISTINGS, PHOTOS), "cli", 1),
                counted(LISTINGS, Tally.FETCHED, 2),
                counted(LISTINGS, Tally.WRITTEN, 2),
                new FeedFinished(LISTINGS, null, 5),
                counted(PHOTOS, Tally.FETCHED, 3),
                counted(PHOTOS, Tally.skipped("stale"), 3),
                new FeedFinished(PHOTOS, null, 6)));
        Random random = new Random(7);

        for (int i = 0; i < 100; i++) {
            Collections.shuffle(reports, random);
            RunState state = fold(reports.toArray(Outcome[]::new));

            assertThat(state.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(state.trigger()).isEqualTo("cli");
        }
    }

    @Test
    void survivesItsBytes() {
        RunState state = fold(
                new RunStarted(List.of(LISTINGS, PHOTOS), "up", 1),
                new FeedStarted(LISTINGS, 10L, 2),
                counted(LISTINGS, Tally.FETCHED, 10),
                new FeedFinished(PHOTOS, "no answer", 3));

        assertThat(RunState.of(state.bytes())).isEqualTo(state);
    }

    @Test
    void readsEveryKindOfOutcomeBack() {
        List<Outcome> all = List.of(
                new RunStarted(List.of(LISTINGS), "cli", 1),
                new FeedStarted(LISTINGS, null, 2),
                new FeedFinished(LISTINGS, "no answer", 3),
                counted(LISTINGS, Tally.FETCHED, 4));

        assertThat(all)
                .allSatisfy(outcome -> assertThat(Outcome.of(outcome.bytes())).isEqualTo(outcome));
    }

    private static RunState fold(Outcome... outcomes) {
        RunState state = RunState.first("r", 9);
        for (Outcome outcome : outcomes) {
            state = state.plus(outcome);
        }
        return state;
    }

    private static Counted counted(FeedName feed, String name, long count) {
        return new Counted(feed, Tally.of(name, count), 5);
    }
}
