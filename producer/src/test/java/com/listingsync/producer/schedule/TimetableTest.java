package com.listingsync.producer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimetableTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private final Timetable timetable =
            new Timetable(Map.of("property", Duration.ofMinutes(15), "media", Duration.ofHours(1)));

    @Test
    void hasNothingDueBeforeItBegins() {
        timetable.ended("property", true, NOW);

        assertThat(timetable.due(NOW.plus(Duration.ofDays(1)))).isEmpty();
        assertThat(timetable.next()).isEmpty();
    }

    @Test
    void makesEveryFeedDueAtTheBeginningAndThenAtItsInterval() {
        timetable.begin(NOW);
        assertThat(timetable.due(NOW)).containsExactly("media", "property");

        timetable.ended("property", true, NOW);
        timetable.ended("media", true, NOW);

        assertThat(timetable.due(NOW)).isEmpty();
        assertThat(timetable.due(NOW.plus(Duration.ofMinutes(15)))).containsExactly("property");
        assertThat(timetable.next()).contains(NOW.plus(Duration.ofMinutes(15)));
    }

    @Test
    void triesAFeedInTroubleSooner() {
        timetable.begin(NOW);

        timetable.ended("media", false, NOW);

        assertThat(timetable.due(NOW.plus(Timetable.AFTER_TROUBLE))).contains("media");
    }
}
