package com.listingsync.common.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RememberedTest {

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final Remembered check =
            new Remembered(() -> Optional.of("answer " + asked.incrementAndGet()), Duration.ofSeconds(3), now::get);

    @Test
    void asksOnceForManyProbes() {
        for (int i = 0; i < 100; i++) {
            assertThat(check.get()).contains("answer 1");
        }
    }

    @Test
    void asksAgainWhenTheAnswerIsOld() {
        check.get();

        now.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(check.get()).contains("answer 2");
    }
}
