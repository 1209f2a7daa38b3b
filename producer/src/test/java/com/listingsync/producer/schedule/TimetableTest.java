package com.listingsync.producer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.producer.connection.Polling;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimetableTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Map<String, Polling> POLLINGS = Map.of(
            "property", new Polling(QUARTER, Duration.ofMinutes(1)),
            "media", new Polling(Duration.ofHours(1), Duration.ofMinutes(1)));

    private final Timetable timetable = new Timetable(POLLINGS, new Random(1));

    @Test
    void hasNothingDueBeforeItBegins() {
        timetable.ended("property", PassEnd.NOTHING, NOW);

        assertThat(timetable.isDue("property", NOW.plus(Duration.ofDays(1)))).isFalse();
        assertThat(timetable.isRunning()).isFalse();
    }

    @Test
    void makesEveryLaneDueAtTheSameMomentSoonAfterTheBeginning() {
        timetable.begin(NOW);

        assertThat(timetable.due("media")).isEqualTo(timetable.due("property"));
        assertThat(timetable.due("media").orElseThrow()).isBetween(NOW, NOW.plusSeconds(5));
    }

    @Test
    void spreadsTheFirstPassesOfConnections() {
        Timetable other = new Timetable(POLLINGS, new Random(2));
        timetable.begin(NOW);
        other.begin(NOW);

        assertThat(timetable.due("media")).isNotEqualTo(other.due("media"));
    }

    @Test
    void waitsForTheIntervalOfALaneThatWasReadBeforeItBegan() {
        timetable.ended("property", PassEnd.NOTHING, NOW);

        timetable.begin(NOW.plusSeconds(10));

        assertThat(timetable.due("property")).contains(NOW.plus(QUARTER));
        assertThat(timetable.isDue("media", NOW.plusSeconds(15))).isTrue();
    }

    @Test
    void takesEveryIntervalATenthShorterOrLonger() {
        timetable.begin(NOW);
        Duration least = Duration.ofDays(1);
        Duration most = Duration.ZERO;
        for (int i = 0; i < 1_000; i++) {
            timetable.ended("property", PassEnd.NOTHING, NOW);
            Duration until = Duration.between(NOW, timetable.due("property").orElseThrow());
            least = until.compareTo(least) < 0 ? until : least;
            most = until.compareTo(most) > 0 ? until : most;
        }

        assertThat(least).isBetween(Duration.ofSeconds(810), Duration.ofSeconds(815));
        assertThat(most).isBetween(Duration.ofSeconds(985), Duration.ofSeconds(990));
    }

    @Test
    void readsALaneMoreOftenWhileItsPassesBringChanges() {
        timetable.begin(NOW);

        timetable.ended("property", PassEnd.CHANGES, NOW);

        assertThat(timetable.interval("property")).isEqualTo(QUARTER.dividedBy(2));
        assertThat(timetable.due("property").orElseThrow()).isBefore(NOW.plus(Duration.ofMinutes(9)));
    }

    @Test
    void bringsALaneForwardButNeverCloserThanItsShortestInterval() {
        timetable.begin(NOW);
        timetable.ended("media", PassEnd.NOTHING, NOW);

        timetable.nudge("media", NOW.plusSeconds(10));
        assertThat(timetable.due("media")).contains(NOW.plus(Duration.ofMinutes(1)));

        timetable.nudge("media", NOW.plus(Duration.ofMinutes(30)));
        assertThat(timetable.due("media")).as("not put off").contains(NOW.plus(Duration.ofMinutes(1)));
    }

    @Test
    void leavesALaneInTroubleItsTime() {
        timetable.begin(NOW);
        timetable.ended("media", PassEnd.TROUBLE, NOW);
        Instant due = timetable.due("media").orElseThrow();

        timetable.nudge("media", NOW);

        assertThat(timetable.due("media")).contains(due);
        assertThat(due).isBetween(NOW.plusSeconds(54), NOW.plusSeconds(66));
    }
}
