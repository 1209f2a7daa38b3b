package com.listingsync.producer.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.producer.connection.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    private final SettableClock clock = new SettableClock();

    @Nested
    class ALimit {

        @Test
        void endsThePassWhenItIsUsedUpForLong() throws Exception {
            Turnstile turnstile = turnstile(OptionalInt.empty(), OptionalInt.of(2), 4);
            go(turnstile, 2);

            assertThatThrownBy(turnstile::enter)
                    .isInstanceOf(UpstreamException.class)
                    .hasMessage(
                            "the 2 requests of the day are used up until 2026-11-23T08:24:00Z; the next pass goes on");
            assertThat(turnstile.problem()).isPresent();
            assertThat(turnstile.words()).isEqualTo("requests left: 0 of 2 a day; 4 at a time");
        }

        @Test
        void letsThroughAgainInItsTime() throws Exception {
            Turnstile turnstile = turnstile(OptionalInt.of(1), OptionalInt.empty(), 4);
            go(turnstile, 1);
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> enter(turnstile));

            clock.advance(Duration.ofSeconds(30));
            assertThatThrownBy(() -> waiting.get(300, TimeUnit.MILLISECONDS)).isNotInstanceOf(ExecutionException.class);
            clock.advance(Duration.ofSeconds(32));

            waiting.get(10, TimeUnit.SECONDS);
        }

        @Test
        void countsTheRequestsUnderWay() throws Exception {
            Turnstile turnstile = turnstile(OptionalInt.empty(), OptionalInt.empty(), 1);
            turnstile.enter();
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> enter(turnstile));
            assertThat(second).isNotDone();

            turnstile.leave();

            second.get(10, TimeUnit.SECONDS);
        }
    }

    @Nested
    class APause {

        @Test
        void holdsEverybodyBack() {
            Turnstile turnstile = turnstile(OptionalInt.empty(), OptionalInt.empty(), 4);

            turnstile.pause(Duration.ofSeconds(5));
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> enter(turnstile));

            assertThat(turnstile.problem()).contains("the source wants no request before 2026-11-22T08:00:05Z");
            assertThat(waiting).isNotDone();
            clock.advance(Duration.ofSeconds(6));
            Awaitility.await().untilAsserted(() -> assertThat(waiting).isDone());
        }

        @Test
        void comesFromAQuotaThatIsUsedUp() {
            Turnstile turnstile = turnstile(OptionalInt.empty(), OptionalInt.empty(), 4);
            Map<String, String> headers = Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1800");

            turnstile.answered(1, headers::get);

            assertThatThrownBy(turnstile::enter).hasMessageContaining("no request before 2026-11-22T08:30:00Z");
        }

        @Test
        void lastsADayAtMostHoweverFarAwayTheMomentThatAHeaderNames() {
            Turnstile turnstile = turnstile(OptionalInt.empty(), OptionalInt.empty(), 4);
            Map<String, String> headers = Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "999999999999999");

            turnstile.answered(1, headers::get);

            assertThat(turnstile.problem()).contains("the source wants no request before 2026-11-23T08:00:00Z");
        }

        @Test
        void isARefusalForATokenThatIsNotAccepted() {
            Turnstile turnstile = turnstile(OptionalInt.empty(), OptionalInt.empty(), 4);
            UpstreamException refused =
                    new UpstreamException(UpstreamException.Kind.UNAUTHORIZED, 401, null, "not accepted", null);

            turnstile.refuse(Duration.ofMinutes(5), refused);

            assertThatThrownBy(turnstile::enter).isSameAs(refused);
            assertThat(turnstile.problem()).contains("not accepted; asked again after 2026-11-22T08:05:00Z");
            clock.advance(Duration.ofMinutes(5));
            assertThat(turnstile.problem()).isEmpty();
        }
    }

    @Nested
    class ARestart {

        private final List<byte[]> kept = new ArrayList<>();

        @Test
        void forgetsNoRequestHoweverSuddenItIs() throws Exception {
            int made = 0;
            for (int life = 0; life < 40; life++) {
                Turnstile turnstile = turnstile(OptionalInt.empty(), OptionalInt.of(100), 4);
                turnstile.remember(kept::add, last());
                for (int i = 0; i < 5 && turnstile.problem().isEmpty(); i++) {
                    go(turnstile, 1);
                    made++;
                    clock.advance(Duration.ofSeconds(7));
                }
            }

            assertThat(made).isBetween(80, 100);
        }

        @Test
        void wastesNoMoreThanALease() throws Exception {
            Turnstile before = turnstile(OptionalInt.empty(), OptionalInt.of(5_000), 4);
            before.remember(kept::add, last());
            go(before, 1);

            Turnstile after = turnstile(OptionalInt.empty(), OptionalInt.of(5_000), 4);
            after.remember(kept::add, last());

            assertThat(after.words()).startsWith("requests left: 4900 of 5000 a day");
        }

        @Test
        void keepsAPauseThatTheSourceAskedFor() throws Exception {
            Turnstile before = turnstile(OptionalInt.empty(), OptionalInt.of(100), 4);
            before.remember(kept::add, last());
            go(before, 1);
            before.pause(Duration.ofHours(2));

            Turnstile after = turnstile(OptionalInt.empty(), OptionalInt.of(100), 4);
            after.remember(kept::add, last());

            assertThat(after.problem()).contains("the source wants no request before 2026-11-22T10:00:00Z");
        }

        @Test
        void isNothingToAConnectionWithoutLimits() {
            assertThat(turnstile(OptionalInt.empty(), OptionalInt.empty(), 4).remembers())
                    .isFalse();
        }

        private Optional<byte[]> last() {
            return kept.isEmpty() ? Optional.empty() : Optional.of(kept.get(kept.size() - 1));
        }
    }

    private Turnstile turnstile(OptionalInt perMinute, OptionalInt perDay, int concurrency) {
        return new Turnstile(
                new Limits(OptionalInt.empty(), perMinute, OptionalInt.empty(), perDay, concurrency), clock);
    }

    private static void go(Turnstile turnstile, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            turnstile.enter();
            turnstile.leave();
        }
    }

    private static void enter(Turnstile turnstile) {
        try {
            turnstile.enter();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
