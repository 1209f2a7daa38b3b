package com.listingsync.producer.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace(4);

    @Test
    void pressesAsHardAsAllowedWhileAnswersTakeAsLongAsUsual() {
        answered(50, 300);

        assertThat(pace.concurrency()).isEqualTo(4);
        assertThat(pace.heldBack()).isFalse();
    }

    @Test
    void makesFewerRequestsAtATimeWhenTheServerSlowsDownAndThenRests() {
        answered(20, 300);

        answered(1, 2_000);
        assertThat(pace.concurrency()).isEqualTo(2);
        answered(1, 2_000);
        assertThat(pace.concurrency()).isEqualTo(1);
        assertThat(pace.rest()).isZero();
        answered(1, 2_000);
        assertThat(pace.rest()).isEqualTo(Duration.ofSeconds(2));
        assertThat(pace.heldBack()).isTrue();
    }

    @Test
    void growsBackOnceAnswersComeInTime() {
        answered(20, 300);
        answered(5, 2_000);

        answered(30, 300);

        assertThat(pace.concurrency()).isEqualTo(4);
        assertThat(pace.rest()).isZero();
    }

    @Test
    void takesNoNoticeOfJitterOnAFastLine() {
        answered(20, 5);
        answered(20, 400);

        assertThat(pace.concurrency()).isEqualTo(4);
    }

    @Test
    void getsUsedToAServerThatIsSlowForGood() {
        answered(20, 300);

        answered(400, 2_000);

        assertThat(pace.concurrency()).isEqualTo(4);
    }

    private void answered(int times, long millis) {
        for (int i = 0; i < times; i++) {
            pace.answered(Duration.ofMillis(millis).toNanos());
        }
    }
}
