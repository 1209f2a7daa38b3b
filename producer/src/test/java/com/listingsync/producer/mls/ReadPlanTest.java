package com.listingsync.producer.mls;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.producer.connection.MlsFeed;
import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.source.Pass;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadPlanTest {

    private static final MlsFeed FEED = Feeds.property(Paging.COMPOUND_CURSOR);
    private static final Cursor AT = new Cursor("2026-11-22T08:00:00Z", "W1");
    private static final Cursor BACK = new Cursor("2026-11-22T07:50:00Z", "0");

    @Test
    void readsTheRecentPastAgain() {
        ReadPlan plan = ReadPlan.of(scheduled("r2"), FEED, ended("r1"));

        assertThat(plan).isEqualTo(new ReadPlan("r2", new ReadState(BACK, null, null), false, true, false));
    }

    @Test
    void goesOnWhereAnInterruptedPassStoppedUnderTheSameRun() {
        ReadPlan plan = ReadPlan.of(scheduled("r2"), FEED, open("r1"));

        assertThat(plan).isEqualTo(new ReadPlan("r1", new ReadState(AT, null, null), false, true, true));
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

        assertThat(ReadPlan.of(forced, FEED, ended("r1")).start().at()).isEqualTo(Cursor.FIRST);
        assertThat(ReadPlan.of(forced, FEED, open("r2")).start().at()).isEqualTo(AT);
        assertThat(ReadPlan.alreadyDone(forced, ended("r2"))).isTrue();
        assertThat(ReadPlan.alreadyDone(forced, open("r2"))).isFalse();
    }

    @Test
    void leavesTheCursorWhereItIsWhenOnlySomeListingsAreWanted() {
        ReadPlan plan = ReadPlan.of(command("r2", false, Set.of("W9")), FEED, ended("r1"));

        assertThat(plan.start().at()).isEqualTo(Cursor.FIRST);
        assertThat(plan.keepsCursor()).isTrue();
        assertThat(plan.ended(ended("r1"), true)).isEqualTo(ended("r1"));
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
    void takesTheCursorBackInAForcedPass() {
        ReadPlan plan = ReadPlan.of(command("r2", true, Set.of()), FEED, ended("r1"));

        assertThat(plan.after(ended("r1"), new ReadState(BACK, null, null)).cursor())
                .isEqualTo(BACK);
    }

    @Test
    void comesBackFromItsBytes() {
        MlsCheckpoint checkpoint = new MlsCheckpoint("2026-11-22T08:00:00Z", "W1", "link", "high", "r1", true, false);

        assertThat(MlsCheckpoint.of(checkpoint.bytes())).isEqualTo(checkpoint);
    }

    private static MlsCheckpoint ended(String run) {
        return new MlsCheckpoint(AT.timestamp(), AT.key(), null, null, run, false, true);
    }

    private static MlsCheckpoint open(String run) {
        return new MlsCheckpoint(AT.timestamp(), AT.key(), null, null, run, true, false);
    }

    private static Pass scheduled(String run) {
        return new Pass(run, Pass.Trigger.SCHEDULE, Set.of("property"), Set.of(), false);
    }

    private static Pass command(String run, boolean force, Set<String> keys) {
        return new Pass(run, Pass.Trigger.COMMAND, Set.of("property"), keys, force);
    }
}
