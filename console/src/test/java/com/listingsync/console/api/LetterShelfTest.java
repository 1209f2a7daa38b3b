package com.listingsync.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.console.deadletter.DeadLetters;
import com.listingsync.console.deadletter.LetterFilter;
import com.listingsync.console.deadletter.LetterStats;
import com.listingsync.console.http.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LetterShelfTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T08:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final Queue<ObjectNode> told = new ConcurrentLinkedQueue<>();
    private final LongReading reading = new LongReading();
    private final LetterShelf shelf = new LetterShelf(reading, Duration.ofMillis(300), clock(), told::add);

    @AfterEach
    void close() {
        reading.end.countDown();
        shelf.close();
    }

    @Test
    void saysHowFarALongReadingHasComeAndAnswersOnceItHasEnded() throws InterruptedException {
        assertThatThrownBy(() -> shelf.list(LetterFilter.ALL))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(503);
                    assertThat(problem.reply().headers()).containsKey("retry-after");
                })
                .hasMessage("the dead letters are being read, 123,456 so far; ask again");
        assertThat(told).extracting(each -> each.path("read").asLong()).containsExactly(123_456L);

        reading.end.countDown();
        LetterShelf.Shelved<DeadLetters.Page> list = shelf.list(LetterFilter.ALL);

        assertThat(list.content().matching()).isEqualTo(1_000_000);
        assertThat(reading.times).hasValue(1);
    }

    @Test
    void readsAgainAndTellsSoOnceSomethingWasDone() throws InterruptedException {
        reading.end.countDown();
        shelf.list(LetterFilter.ALL);
        shelf.list(LetterFilter.ALL);
        assertThat(reading.times).hasValue(1);
        told.clear();

        shelf.changed();
        shelf.list(LetterFilter.ALL);

        assertThat(told).anyMatch(each -> each.path("changed").asBoolean());
        assertThat(reading.times).hasValue(2);
    }

    @Test
    void readsWhatTakesLongMoreRarely() throws InterruptedException {
        reading.end.countDown();
        shelf.list(LetterFilter.ALL);

        now.updateAndGet(at -> at.plusSeconds(3));
        shelf.list(LetterFilter.ALL);
        assertThat(reading.times)
                .as("a second's reading, three seconds after its end")
                .hasValue(1);

        now.updateAndGet(at -> at.plusSeconds(2));
        assertThat(shelf.list(LetterFilter.ALL).at()).isEqualTo(BEGIN);
        await().untilAsserted(() -> assertThat(reading.times).hasValue(2));
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    /** Comes far, and then no further until it may. */
    private final class LongReading implements LetterShelf.Reading {

        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicInteger times = new AtomicInteger();

        @Override
        public DeadLetters.Page list(LetterFilter filter, LongConsumer progress) {
            times.incrementAndGet();
            now.updateAndGet(at -> at.plusSeconds(1));
            progress.accept(123_456);
            try {
                end.await();
            } catch (InterruptedException e) {
                // The test is over.
                Thread.currentThread().interrupt();
            }
            return new DeadLetters.Page(List.of(), 1_000_000);
        }

        @Override
        public LetterStats stats(LetterFilter filter, LongConsumer progress) {
            throw new UnsupportedOperationException("not asked for here");
        }
    }
}
