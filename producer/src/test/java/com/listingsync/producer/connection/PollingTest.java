package com.listingsync.producer.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PollingTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Limits UNKNOWN = limits(OptionalInt.empty(), OptionalInt.empty());

    @Test
    void keepsToTheContractWhereLimitsAreNotKnown() {
        assertThat(Polling.usual(UNKNOWN, 4)).isEqualTo(Polling.CONTRACT);
    }

    @Test
    void isShorterWhereLimitsAllow() {
        assertThat(Polling.usual(limits(OptionalInt.of(60_000), OptionalInt.empty()), 4))
                .isEqualTo(Polling.OFTEN);
        // 8 requests in 5 minutes are 2,304 a day: more than a tenth of 20,000, and less than a tenth of 40,000.
        assertThat(Polling.usual(limits(OptionalInt.empty(), OptionalInt.of(20_000)), 4))
                .isEqualTo(Polling.CONTRACT);
        assertThat(Polling.usual(limits(OptionalInt.empty(), OptionalInt.of(40_000)), 4))
                .isEqualTo(Polling.OFTEN);
    }

    @Test
    void neverTakesMoreThanHalfOfTheTightestLimit() {
        Polling asked = new Polling(Duration.ofSeconds(10), Duration.ofSeconds(1));

        // 4 feeds at 2 requests are 8 requests a round; half of 6 a minute is 3 a minute: a round in 160 s.
        Polling allowed = asked.within(limits(OptionalInt.of(6), OptionalInt.of(1_000_000)), 4);

        assertThat(allowed).isEqualTo(new Polling(Duration.ofSeconds(160), Duration.ofSeconds(160)));
    }

    @Test
    void staysAsItIsWithinItsLimits() {
        Polling asked = new Polling(Duration.ofMinutes(15), MINUTE);

        assertThat(asked.within(limits(OptionalInt.of(60), OptionalInt.empty()), 4))
                .isEqualTo(asked);
        assertThat(asked.within(UNKNOWN, 4)).isEqualTo(asked);
    }

    @Test
    void wantsBoundsThatAreBounds() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Polling(MINUTE, MINUTE.plusMillis(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Polling(MINUTE, Duration.ZERO));
    }

    private static Limits limits(OptionalInt perMinute, OptionalInt perDay) {
        return new Limits(OptionalInt.empty(), perMinute, OptionalInt.empty(), perDay, 4);
    }
}
