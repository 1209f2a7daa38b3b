package com.listingsync.producer.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestWindowTest {

    private static final long NOW = 1_790_000_000_000L;

    @Test
    void allowsItsLimitAndThenNothingUntilTheWindowHasPassed() {
        RequestWindow window = new RequestWindow("minute", 3, Duration.ofMinutes(1));
        window.take(3, NOW);

        assertThat(window.left(NOW)).isZero();
        assertThat(window.waitMillis(NOW)).isBetween(60_000L, 61_000L);
        assertThat(window.waitMillis(NOW + 61_000)).isZero();
        assertThat(window.left(NOW + 61_000)).isEqualTo(3);
    }

    @Test
    void neverAllowsMoreInAnyStretchOfTime() {
        RequestWindow window = new RequestWindow("second", 5, Duration.ofSeconds(1));
        Random random = new Random(4);
        List<Long> made = new ArrayList<>();
        for (long now = NOW; now < NOW + 60_000; now += 1 + random.nextInt(120)) {
            while (window.waitMillis(now) == 0) {
                window.take(1, now);
                made.add(now);
            }
        }

        assertThat(made).hasSizeGreaterThan(250);
        for (int i = 5; i < made.size(); i++) {
            assertThat(made.get(i) - made.get(i - 5)).isGreaterThanOrEqualTo(1_000);
        }
    }

    @Test
    void waitsForAsManyAsStandInTheWay() {
        RequestWindow window = new RequestWindow("minute", 3, Duration.ofMinutes(1));
        window.take(1, NOW);
        window.take(2, NOW + 20_000);
        window.take(2, NOW + 40_000);

        assertThat(window.waitMillis(NOW + 40_000)).isBetween(40_000L, 41_000L);
    }

    @Test
    void goesOnWithWhatWasSpentBefore() {
        RequestWindow before = new RequestWindow("hour", 10, Duration.ofHours(1));
        before.take(4, NOW);
        before.take(2, NOW + 600_000);

        RequestWindow after = new RequestWindow("hour", 10, Duration.ofHours(1));
        after.restore(before.spent(NOW + 700_000), NOW + 700_000);

        assertThat(after.left(NOW + 700_000)).isEqualTo(4);
        assertThat(after.left(NOW + 3_700_000)).isEqualTo(8);
    }

    @Test
    void obeysALowerLimitThatTheServerNames() {
        RequestWindow window = new RequestWindow("minute", 180, Duration.ofMinutes(1));

        window.limitTo(90);
        window.limitTo(500);

        assertThat(window.left(NOW)).isEqualTo(90);
    }
}
