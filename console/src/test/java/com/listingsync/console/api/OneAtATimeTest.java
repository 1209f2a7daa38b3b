package com.listingsync.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.console.http.Problem;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OneAtATimeTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void whoComesWhileAnotherOneIsAtItIsToldAfterALittleWhile() throws Exception {
        OneAtATime one = new OneAtATime(Duration.ofMillis(1), "it is being done");
        CompletableFuture<String> first = begin(one);

        assertThatThrownBy(() -> one.run(() -> "second"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(409))
                .hasMessage("it is being done");
        end.countDown();
        assertThat(first.join()).isEqualTo("first");
        assertThat(one.run(() -> "third")).isEqualTo("third");
    }

    @Test
    void whoseTurnComesSoonEnoughNoticesNothing() throws Exception {
        OneAtATime one = new OneAtATime(Duration.ofMinutes(1), "it is being done");
        CompletableFuture<String> first = begin(one);
        end.countDown();

        assertThat(one.run(() -> "second")).isEqualTo("second");
        assertThat(first.join()).isEqualTo("first");
    }

    @Test
    void whatFailsMakesRoomForTheNext() throws Exception {
        OneAtATime one = new OneAtATime(Duration.ZERO, "it is being done");

        assertThatThrownBy(() -> one.run(() -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(one.run(() -> "next")).isEqualTo("next");
    }

    private CompletableFuture<String> begin(OneAtATime one) throws InterruptedException {
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> {
            try {
                return one.run(() -> {
                    begun.countDown();
                    end.await();
                    return "first";
                });
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
        return first;
    }
}
