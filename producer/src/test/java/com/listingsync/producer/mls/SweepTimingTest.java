package com.listingsync.producer.mls;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.producer.presence.SweepState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepTimingTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final SweepTiming daily = new SweepTiming(Optional.of(DAY));

    @Test
    void waitsForTheFirstUntilTheFeedHasBeenReadForAWhile() {
        assertThat(daily.isDue(SweepState.NONE, NOW)).isFalse();
        assertThat(daily.isDue(SweepState.NONE, NOW.plus(Duration.ofMinutes(9))))
                .isFalse();
        assertThat(daily.isDue(SweepState.NONE, NOW.plus(Duration.ofMinutes(10))))
                .isTrue();
    }

    @Test
    void makesAnotherWhenTheIntervalIsOver() {
        assertThat(daily.isDue(made(NOW), NOW.plus(DAY).minusSeconds(1))).isFalse();
        assertThat(daily.isDue(made(NOW), NOW.plus(DAY))).isTrue();
    }

    @Test
    void makesNoneByItselfWithoutAnInterval() {
        SweepTiming asked = new SweepTiming(Optional.empty());

        assertThat(asked.isDue(made(NOW), NOW.plus(DAY.multipliedBy(100)))).isFalse();
        asked.soon();
        assertThat(asked.isDue(made(NOW), NOW)).isTrue();
    }

    @Test
    void makesOneThatIsWantedSoonOnce() {
        daily.soon();

        assertThat(daily.isDue(made(NOW), NOW)).isTrue();
        daily.begun();
        assertThat(daily.isDue(made(NOW), NOW)).isFalse();
    }

    @Test
    void triesAgainAnHourAfterOneThatFailed() {
        daily.failed(NOW);
        daily.soon();

        assertThat(daily.isDue(made(NOW), NOW.plus(Duration.ofMinutes(59)))).isFalse();
        assertThat(daily.isDue(made(NOW), NOW.plus(Duration.ofMinutes(60)))).isTrue();
        daily.made();
        assertThat(daily.isDue(made(NOW), NOW)).isTrue();
    }

    @Test
    void triesAgainAtTheIntervalWhereThatIsSooner() {
        SweepTiming often = new SweepTiming(Optional.of(Duration.ofMinutes(5)));
        often.failed(NOW);

        assertThat(often.isDue(made(NOW), NOW.plus(Duration.ofMinutes(5)))).isTrue();
    }

    private static SweepState made(Instant at) {
        return new SweepState(1, at.toEpochMilli(), 0, null, 0);
    }
}
