package com.listingsync.producer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.producer.connection.Polling;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Polling POLLING = new Polling(MINUTE.multipliedBy(16), MINUTE);

    private final Pace pace = Pace.of(POLLING);

    @Test
    void beginsAtTheLongestInterval() {
        assertThat(pace.untilNext()).isEqualTo(MINUTE.multipliedBy(16));
    }

    @Test
    void halvesWithEveryPassThatBringsChangesDownToTheShortest() {
        assertThat(pace.busy().untilNext()).isEqualTo(MINUTE.multipliedBy(8));
        assertThat(pace.busy().busy().busy().busy().busy().busy().untilNext()).isEqualTo(MINUTE);
    }

    @Test
    void growsByHalfWithEveryIdlePassUpToTheLongest() {
        Pace busy = pace.busy().busy().busy().busy();

        assertThat(busy.idle().untilNext()).isEqualTo(Duration.ofSeconds(90));
        assertThat(busy.idle().idle().idle().idle().idle().idle().idle().untilNext())
                .isEqualTo(MINUTE.multipliedBy(16));
    }

    @Test
    void staysWhereItIsWhenAPassTellsNothing() {
        assertThat(pace.busy().unmoved()).isEqualTo(pace.busy());
    }

    @Test
    void triesAFeedInTroubleAfterAMinuteAndThenEverLater() {
        assertThat(pace.troubled().untilNext()).isEqualTo(Pace.AFTER_TROUBLE);
        assertThat(pace.troubled().troubled().troubled().untilNext()).isEqualTo(MINUTE.multipliedBy(4));
        Pace hopeless = pace;
        for (int i = 0; i < 100; i++) {
            hopeless = hopeless.troubled();
        }
        assertThat(hopeless.untilNext()).isEqualTo(MINUTE.multipliedBy(16));
    }

    @Test
    void returnsToItsPaceAfterTrouble() {
        assertThat(pace.busy().troubled().troubled().busy())
                .isEqualTo(pace.busy().busy());
    }

    @Test
    void triesAFeedThatIsReadEveryFewSecondsNoLaterThanThat() {
        Pace quick = Pace.of(new Polling(Duration.ofSeconds(5), Duration.ofSeconds(5)));

        assertThat(quick.troubled().untilNext()).isEqualTo(Duration.ofSeconds(5));
    }
}
