package com.listingsync.common.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServiceEndTest {

    private final ServiceEnd end = new ServiceEnd();

    @Test
    void tellsACleanEnd() throws InterruptedException {
        assertThat(end.await(Duration.ZERO)).isFalse();

        end.ended();

        assertThat(end.await(Duration.ZERO)).isTrue();
        assertThat(end.failure()).isEmpty();
        assertThatCode(() -> end.await("sink")).doesNotThrowAnyException();
    }

    @Test
    void tellsTheFirstFailure() {
        IllegalArgumentException first = new IllegalArgumentException("first");

        end.failed(first);
        end.failed(new IllegalArgumentException("second"));
        end.ended();

        assertThat(end.failure()).contains(first);
        assertThatThrownBy(() -> end.await("sink"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the sink stopped by its own failure")
                .hasCause(first);
    }

    @Test
    void outlastsAFailureUntilTheWorkHasEnded() throws InterruptedException {
        end.failed(new IllegalArgumentException("a thread"));

        assertThat(end.await(Duration.ZERO)).isFalse();
    }

    @Test
    void waitsOnlySoLongForWorkThatHangs() {
        end.failed(new IllegalArgumentException("a thread"));

        end.endWithin(Duration.ofMillis(1));

        assertThatThrownBy(() -> end.await("processor")).hasMessage("the processor stopped by its own failure");
    }
}
