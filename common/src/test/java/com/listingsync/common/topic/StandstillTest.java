package com.listingsync.common.topic;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class StandstillTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final Standstill standstill = new Standstill(Duration.ofSeconds(15), nanos::get);

    @Test
    void whoMovesNowAndThenMayTakeAsLongAsItLikes() {
        assertThatNoException().isThrownBy(() -> {
            for (int place = 1; place < 10; place++) {
                standstill.check(place);
                nanos.addAndGet(TimeUnit.SECONDS.toNanos(15));
                standstill.check(place);
            }
        });
    }

    @Test
    void whoStandsStillForTooLongIsTold() {
        standstill.check(7);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(16));

        assertThatThrownBy(() -> standstill.check(7))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("Kafka has sent nothing for 15 s, though there is more");
    }
}
