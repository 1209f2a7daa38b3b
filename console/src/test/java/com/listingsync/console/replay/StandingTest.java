package com.listingsync.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.console.replay.ReplaySign.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StandingTest {

    private final AtomicLong millis =
            new AtomicLong(Instant.parse("2026-11-22T08:00:00Z").toEpochMilli());
    private final Standing standing = new Standing(() -> Instant.ofEpochMilli(millis.get()));
    private final List<ReplaySign> told = new ArrayList<>();

    @Test
    void givesASignEverySecondFromItsFirstStateOn() {
        for (int i = 0; i < 31; i++) {
            standing.tell(told::add, State.PREPARING, "looking for purged rows");
            millis.addAndGet(100);
        }

        assertThat(told).extracting(ReplaySign::state).containsOnly(State.PREPARING);
        assertThat(told).hasSize(4);
        assertThat(standing.sign().at()).isEqualTo(millis.get() - 100);
    }

    @Test
    void tellsAnotherStateAtOnce() {
        standing.tell(told::add, State.PREPARING, null);
        standing.tell(told::add, State.RUNNING, null);
        standing.tell(told::add, State.RUNNING, null);
        standing.tell(told::add, State.PAUSED, "somebody wants it");

        assertThat(told).extracting(ReplaySign::state).containsExactly(State.PREPARING, State.RUNNING, State.PAUSED);
    }

    @Test
    void hasNotEndedBeforeOthersWereTold() {
        standing.tell(told::add, State.RUNNING, null);

        standing.last(sign -> assertThat(standing.sign().state()).isEqualTo(State.RUNNING), State.FINISHED, null);

        assertThat(standing.sign().state()).isEqualTo(State.FINISHED);
    }
}
