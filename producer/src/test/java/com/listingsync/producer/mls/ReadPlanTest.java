package com.listingsync.producer.mls;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.producer.connection.MlsFeed;
import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.mls.ReadPlan.Extent;
import com.listingsync.producer.source.Pass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadPlanTest {

    private static final MlsFeed FEED = Feeds.property(Paging.COMPOUND_CURSOR);
    private static final Cursor AT = new Cursor("2026-11-22T08:00:00Z", "W1");
    private static final LastMoment DRAINING = new LastMoment(
            ClockGrain.FINER,
            0,
            "2026-11-22T07:00:00Z",
            Map.of("W1", "0123456789abcdef"),
            new Drain("2026-11-22T07:59:59Z", "2026-11-22T08:00:01Z", "W0"));
    private static final Cursor BACK = new Cursor("2026-11-22T07:50:00Z", "0");

    @Test
    void readsTheRecentPastAgain() {
        ReadPlan plan = ReadPlan.of(scheduled("r2"), FEED, ended("r1"));

        assertThat(plan).isEqualTo(new ReadPlan("r2", new ReadState(BACK, null, null), Extent.CHANGES, false, false));
    }

    @Test
    void goesOnWhereAnInterruptedPassStoppedUnderTheSameRun() {
        ReadPlan plan = ReadPlan.of(scheduled("r2"), FEED, open("r1"));

        assertThat(plan).isEqualTo(new ReadPlan("r1", new ReadState(AT, null, null), Extent.CHANGES, true, true));
    }

    @Test
    void beginsACommandedPassUnderItsOwnRunThoughAnotherWasInterrupted() {
        ReadPlan plan = ReadPlan.of(command("r2", false, Set.of()), FEED, open("r1"));

        assertThat(plan.run()).isEqualTo("r2");
        assertThat(plan.resumed()).isFalse();
    }

    @Test
    void beginsAForcedPassAtTheBeginningOnceAndGoesOnAfterACrash() {
        Pass forced = command("r2", true, Set.of());
        ReadPlan plan = ReadPlan.of(forced, FEED, ended("r1"));

        MlsCheckpoint interrupted = plan.after(ended("r1"), new ReadState(BACK, null, null));

        assertThat(plan.start().at()).isEqualTo(Cursor.FIRST);
        assertThat(ReadPlan.of(forced, FEED, interrupted))
                .isEqualTo(new ReadPlan("r2", new ReadState(BACK, null, null), Extent.EVERYTHING, true, true));
    }

    @Test
    void followsNoCommandTwiceThoughOthersCameInBetween() {
        Pass forced = command("r2", true, Set.of());
        MlsCheckpoint done = ReadPlan.of(forced, FEED, ended("r1")).ended(ended("r1"), false);

        MlsCheckpoint later =
                ReadPlan.of(command("r3", false, Set.of("W9")), FEED, done).ended(done, true);

        assertThat(ReadPlan.alreadyDone(forced, ended("r1"))).isFalse();
        assertThat(ReadPlan.alreadyDone(forced, later)).isTrue();
        assertThat(ReadPlan.alreadyDone(command("r3", false, Set.of("W9")), later))
                .isTrue();
        assertThat(ReadPlan.alreadyDone(scheduled("r3"), later)).isFalse();
    }

    @Test
    void tellsWhichForcedPassIsGivenUpForAnother() {
        MlsCheckpoint interrupted = ReadPlan.of(command("r2", true, Set.of()), FEED, ended("r1"))
                .after(ended("r1"), new ReadState(BACK, null, null));

        assertThat(ReadPlan.of(command("r3", true, Set.of()), FEED, interrupted).abandoned(interrupted))
                .contains("r2");
        assertThat(ReadPlan.of(scheduled("r3"), FEED, interrupted).abandoned(interrupted))
                .isEmpty();
    }

    @Test
    void leavesTheCursorWhereItIsWhenOnlySomeListingsAreWanted() {
        ReadPlan plan = ReadPlan.of(command("r2", false, Set.of("W9")), FEED, ended("r1"));

        assertThat(plan.start().at()).isEqualTo(Cursor.FIRST);
        MlsCheckpoint after = plan.ended(plan.after(ended("r1"), new ReadState(BACK, null, null)), true);
        assertThat(after).isEqualTo(ended("r1").following("r2"));
    }

    @Test
    void neverTakesTheCursorBackWhileAnOverlapIsRead() {
        ReadPlan plan = ReadPlan.of(scheduled("r2"), FEED, ended("r1"));

        assertThat(plan.after(ended("r1"), new ReadState(BACK, null, null)).cursor())
                .isEqualTo(AT);
        Cursor ahead = new Cursor("2026-11-22T08:00:01Z", "W0");
        assertThat(plan.after(ended("r1"), new ReadState(ahead, null, null)).cursor())
                .isEqualTo(ahead);
    }

    @Test
    void leavesTheCursorWhereItIsDuringAForcedPass() {
        ReadPlan plan = ReadPlan.of(command("r2", true, Set.of()), FEED, ended("r1"));

        MlsCheckpoint underWay = plan.opened(plan.after(ended("r1"), new ReadState(BACK, null, null)));

        assertThat(underWay.cursor()).isEqualTo(AT);
        assertThat(ReadPlan.of(scheduled("r3"), FEED, underWay).start().at()).isEqualTo(BACK);
        assertThat(plan.ended(underWay, false)).isEqualTo(ended("r1").following("r2"));
    }

    @Test
    void takesTheCursorForwardToTheEndOfAForcedPass() {
        ReadPlan plan = ReadPlan.of(command("r2", true, Set.of()), FEED, MlsCheckpoint.NONE);

        MlsCheckpoint last = plan.ended(plan.after(MlsCheckpoint.NONE, new ReadState(AT, null, null)), true);

        assertThat(last.cursor()).isEqualTo(AT);
        assertThat(last.complete()).isTrue();
        assertThat(last.forced()).isNull();
    }

    @Test
    void finishesADrainBeforeItGoesBackByTheOverlap() {
        MlsCheckpoint checkpoint =
                new MlsCheckpoint(AT.timestamp(), AT.key(), null, null, "r1", false, true, null, List.of(), DRAINING);

        ReadPlan plan = ReadPlan.of(scheduled("r2"), FEED, checkpoint);

        assertThat(plan.start()).isEqualTo(new ReadState(AT, null, null, DRAINING));
    }

    @Test
    void forgetsWhatWasSeenWhenItGoesBackAndKeepsWhatIsKnownOfTheServer() {
        LastMoment moment = new LastMoment(ClockGrain.FINER, 3, "2026-11-22T07:00:00Z", Map.of("W1", "f"), null);
        MlsCheckpoint checkpoint =
                new MlsCheckpoint(AT.timestamp(), AT.key(), null, null, "r1", false, true, null, List.of(), moment);

        LastMoment then = ReadPlan.of(scheduled("r2"), FEED, checkpoint).start().moment();

        assertThat(then).isEqualTo(LastMoment.NONE.with(ClockGrain.FINER, 3, Map.of()));
    }

    @Test
    void comesBackFromItsBytes() {
        MlsCheckpoint checkpoint = new MlsCheckpoint(
                "2026-11-22T08:00:00Z",
                "W1",
                "link",
                "high",
                "r1",
                true,
                false,
                new ForcedReading("r2", "2026-11-22T07:00:00Z", "W0", "link", null, LastMoment.NONE),
                List.of("r0"),
                DRAINING);

        assertThat(MlsCheckpoint.of(checkpoint.bytes())).isEqualTo(checkpoint);
    }

    private static MlsCheckpoint ended(String run) {
        return new MlsCheckpoint(AT.timestamp(), AT.key(), null, null, run, false, true, null, List.of(), null);
    }

    private static MlsCheckpoint open(String run) {
        return new MlsCheckpoint(AT.timestamp(), AT.key(), null, null, run, true, false, null, List.of(), null);
    }

    private static Pass scheduled(String run) {
        return new Pass(run, Pass.Trigger.SCHEDULE, Set.of("property"), Set.of(), false);
    }

    private static Pass command(String run, boolean force, Set<String> keys) {
        return new Pass(run, Pass.Trigger.COMMAND, Set.of("property"), keys, force);
    }
}
