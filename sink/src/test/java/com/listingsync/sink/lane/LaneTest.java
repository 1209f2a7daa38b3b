package com.listingsync.sink.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.sink.lane.Attempt.Again;
import com.listingsync.sink.lane.Attempt.Done;
import com.listingsync.sink.lane.Attempt.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final Duration TICK = Duration.ofMillis(10);

    private Lane lane = new Lane("place", rule(Optional.empty()));

    @AfterEach
    void close() {
        lane.close();
    }

    @Test
    void repeatsAnErrandUntilItGoesWell() throws Exception {
        CompletableFuture<String> end =
                lane.send(errand(number -> number < 3 ? away("503") : new Done<>("on try " + number)));

        assertThat(end.get()).isEqualTo("on try 3");
        assertThat(lane.trouble()).isEmpty();
    }

    @Test
    void runsOneErrandAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        List<Integer> most = new CopyOnWriteArrayList<>();
        List<CompletableFuture<String>> ends = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ends.add(lane.send(errand(number -> {
                most.add(inside.incrementAndGet());
                inside.decrementAndGet();
                return number == 1 ? busy(Optional.empty()) : new Done<>("done");
            })));
        }

        for (CompletableFuture<String> end : ends) {
            end.get();
        }

        assertThat(most).hasSize(40).containsOnly(1);
    }

    @Test
    void givesAnErrandUpWhenItsTimeIsOver() throws Exception {
        lane = new Lane("place", rule(Optional.of(Duration.ofMillis(200))));

        String end = lane.send(errand(number -> away("503"))).get();

        assertThat(end).startsWith("given up after ").endsWith(": 503");
    }

    @Test
    void givesUpWhatNeverGotItsTurn() throws Exception {
        lane = new Lane("place", rule(Optional.of(Duration.ofMillis(100))));
        lane.send(errand(number -> busy(Optional.of(Duration.ofHours(1)))));

        String end = lane.send(errand(number -> new Done<>("sent"))).get();

        assertThat(end).startsWith("given up after 1");
    }

    @Test
    void holdsEveryErrandForTheTimeThatThePlaceAsksFor() throws Exception {
        Duration pause = Duration.ofMillis(400);
        long begun = System.nanoTime();
        CompletableFuture<String> first =
                lane.send(errand(number -> number == 1 ? busy(Optional.of(pause)) : new Done<>("first")));
        CompletableFuture<String> second = lane.send(errand(number -> new Done<>("second")));

        assertThat(first.get()).isEqualTo("first");
        assertThat(second.get()).isEqualTo("second");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(pause);
    }

    @Test
    void probesAPlaceThatIsDownOnceInAWhile() throws Exception {
        Duration probe = Duration.ofMillis(300);
        lane = new Lane("place", new LaneRule(Duration.ZERO, Duration.ofMillis(1), TICK, Optional.empty(), 3, probe));
        AtomicInteger attempts = new AtomicInteger();
        long begun = System.nanoTime();
        List<CompletableFuture<String>> ends = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ends.add(lane.send(errand(number -> attempts.incrementAndGet() <= 6 ? away("down") : new Done<>("up"))));
        }

        for (CompletableFuture<String> end : ends) {
            assertThat(end.get()).isEqualTo("up");
        }

        // Three open the breaker, three probes fail, the fourth closes it: each after the breaker's time.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(probe.multipliedBy(4));
        assertThat(attempts).hasValue(16);
        assertThat(lane.breakerState()).isZero();
    }

    @Test
    void keepsTheSpacing() throws Exception {
        Duration spacing = Duration.ofMillis(50);
        lane = new Lane("place", new LaneRule(spacing, TICK, TICK, Optional.empty(), 5, TICK));
        List<Long> starts = new CopyOnWriteArrayList<>();
        List<CompletableFuture<String>> ends = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ends.add(lane.send(errand(number -> {
                starts.add(System.nanoTime());
                return new Done<>("done");
            })));
        }

        for (CompletableFuture<String> end : ends) {
            end.get();
        }

        assertThat(starts.get(4) - starts.get(0))
                .isGreaterThanOrEqualTo(spacing.multipliedBy(4).toNanos() * 9 / 10);
    }

    @Test
    void tellsADefectToWhoeverWaitsAndGoesOn() throws Exception {
        CompletableFuture<String> broken = lane.send(errand(number -> {
            throw new IllegalStateException("a defect");
        }));

        assertThatThrownBy(broken::get).isInstanceOf(ExecutionException.class).hasMessageContaining("a defect");
        assertThat(lane.send(errand(number -> new Done<>("next"))).get()).isEqualTo("next");
    }

    @Test
    void takesNothingOnOnceItIsClosed() {
        lane.close();

        assertThatThrownBy(() -> lane.send(errand(number -> new Done<>("sent"))).get())
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void doublesItsDelayUpToTheLongest() {
        LaneRule rule =
                new LaneRule(Duration.ZERO, Duration.ofSeconds(5), Duration.ofMinutes(15), Optional.empty(), 1, TICK);

        assertThat(rule.delayAfter(1)).isEqualTo(Duration.ofSeconds(5));
        assertThat(rule.delayAfter(2)).isEqualTo(Duration.ofSeconds(10));
        assertThat(rule.delayAfter(8)).isEqualTo(Duration.ofSeconds(640));
        assertThat(rule.delayAfter(9)).isEqualTo(Duration.ofMinutes(15));
        assertThat(rule.delayAfter(1_000_000)).isEqualTo(Duration.ofMinutes(15));
    }

    private static LaneRule rule(Optional<Duration> giveUpAfter) {
        return new LaneRule(Duration.ZERO, Duration.ofMillis(1), TICK, giveUpAfter, 5, TICK);
    }

    private static Attempt<String> away(String cause) {
        return new Again<>(cause, cause, Optional.empty(), Trouble.AWAY);
    }

    private static Attempt<String> busy(Optional<Duration> pause) {
        return new Again<>("busy", "busy", pause, Trouble.BUSY);
    }

    private static Errand<String> errand(IntFunction<Attempt<String>> attempts) {
        return new Errand<>() {
            @Override
            public Attempt<String> attempt(int number) {
                return attempts.apply(number);
            }

            @Override
            public String givenUp(Again<String> last, int attempts) {
                return "given up after " + attempts + ": " + last.words();
            }
        };
    }
}
