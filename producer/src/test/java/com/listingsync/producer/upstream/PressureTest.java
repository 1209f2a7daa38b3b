package com.listingsync.producer.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PressureTest {

    private final Pressure pressure = new Pressure(4);

    @Test
    void pressesAsHardAsAllowedWhileAnswersTakeAsLongAsUsual() {
        answered(50, 300);

        assertThat(pressure.concurrency()).isEqualTo(4);
        assertThat(pressure.heldBack()).isFalse();
    }

    @Test
    void makesFewerRequestsAtATimeWhenTheServerSlowsDownAndThenRests() {
        answered(20, 300);

        answered(1, 2_000);
        assertThat(pressure.concurrency()).isEqualTo(2);
        answered(1, 2_000);
        assertThat(pressure.concurrency()).isEqualTo(1);
        assertThat(pressure.rest()).isZero();
        answered(1, 2_000);
        assertThat(pressure.rest()).isEqualTo(Duration.ofSeconds(2));
        assertThat(pressure.heldBack()).isTrue();
    }

    @Test
    void growsBackOnceAnswersComeInTime() {
        answered(20, 300);
        answered(5, 2_000);

        answered(30, 300);

        assertThat(pressure.concurrency()).isEqualTo(4);
        assertThat(pressure.rest()).isZero();
    }

    @Test
    void takesNoNoticeOfJitterOnAFastLine() {
        answered(20, 5);
        answered(20, 400);

        assertThat(pressure.concurrency()).isEqualTo(4);
    }

    @Test
    void getsUsedToAServerThatIsSlowForGood() {
        answered(20, 300);

        answered(400, 2_000);

        assertThat(pressure.concurrency()).isEqualTo(4);
    }

    private void answered(int times, long millis) {
        for (int i = 0; i < times; i++) {
            pressure.answered(Duration.ofMillis(millis).toNanos());
        }
    }
}
