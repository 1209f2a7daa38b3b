package com.listingsync.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.Json;
import com.listingsync.console.api.RepetitionNote.Answer;
import com.listingsync.console.api.RepetitionNote.Phase;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesOfTheApiTest {

    @ParameterizedTest
    @CsvSource({
        "1000,    0, closed,    healthy",
        "1000,   50, closed,    healthy",
        "1000,   51, closed,    degraded",
        "1000,  100, closed,    degraded",
        "1000,  101, closed,    unhealthy",
        "1000,    0, open,      degraded",
        "1000,    0, half open, healthy",
        "1000,    0, unknown,   healthy"
    })
    void callsSyncingDegradedOverFivePercentAndUnhealthyOverTen(
            long fetched, long refused, String breaker, String status) {
        double rate = SyncHealth.errorRate(List.of(RunSummary.of(run("a", 1, fetched, refused, null), 0, 0)));

        assertThat(SyncHealth.status(rate, breaker)).isEqualTo(status);
    }

    @Test
    void countsAFeedThatCouldNotBeReadAsAnError() {
        RunSummary good = RunSummary.of(run("a", 1, 10, 0, null), 0, 0);
        RunSummary bad = RunSummary.of(run("b", 2, 0, 0, "the source is down"), 0, 0);

        assertThat(SyncHealth.errorRate(List.of(good, bad))).isEqualTo(50);
        assertThat(SyncHealth.errorRate(List.of())).isZero();
    }

    @Test
    void keepsTheLatestStateOfARunAndGoesOnWhereAPageEnded() {
        RunIndex index = new RunIndex();
        for (int i = 0; i < 5; i++) {
            index.put(run("r" + i, i / 2, 1, 0, null), 0, i);
        }
        index.put(run("r4", 2, 9, 0, null), 0, 9);

        RunIndex.Page first = index.page(2, Optional.empty(), run -> true);
        RunIndex.Page second = index.page(2, Optional.ofNullable(first.next()), run -> true);
        RunIndex.Page third = index.page(2, Optional.ofNullable(second.next()), run -> true);

        assertThat(first.runs()).extracting(RunSummary::run).containsExactly("r4", "r3");
        assertThat(first.runs().get(0).fetched()).isEqualTo(9);
        assertThat(second.runs()).extracting(RunSummary::run).containsExactly("r2", "r1");
        assertThat(third.runs()).extracting(RunSummary::run).containsExactly("r0");
        assertThat(third.next()).isNull();
        assertThat(index.size()).isEqualTo(5);
    }

    @Test
    void answersARepetitionAsTheFirstTimeForADay() {
        Repetitions repetitions = new Repetitions();
        RepetitionNote begun = begun("mine", "body", 0);
        Reply.Whole reply = Reply.json(202, Json.MAPPER.createObjectNode().put("run", "r1"));

        assertThat(repetitions.answer("call", "body", 0)).isEmpty();
        repetitions.take(begun);
        assertThatThrownBy(() -> repetitions.answer("call", "body", 1))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(409));
        repetitions.take(RepetitionNote.of(
                begun.then(Phase.ANSWERED, Answer.of(reply), 2).bytes()));

        assertThat(repetitions.answer("call", "body", 3)).hasValueSatisfying(again -> {
            assertThat(again.status()).isEqualTo(202);
            assertThat(again.body()).isEqualTo(reply.body());
            assertThat(again.headers())
                    .containsEntry("idempotent-replayed", "true")
                    .containsEntry("content-type", "application/json");
        });
        assertThatThrownBy(() -> repetitions.answer("call", "another", 3))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(422));
        assertThat(repetitions.answer("call", "another", Duration.ofHours(25).toMillis()))
                .isEmpty();
    }

    @Test
    void letsTheConsoleFollowACallWhoseWordStandsFirst() {
        Repetitions repetitions = new Repetitions();

        repetitions.take(begun("mine", "body", 0));
        repetitions.take(begun("another's", "body", 0));
        repetitions.take(begun("another's", "body", 0).then(Phase.DROPPED, null, 1));

        assertThat(repetitions.isBegunBy("call", "mine")).isTrue();
        assertThat(repetitions.isBegunBy("call", "another's")).isFalse();
    }

    @Test
    void letsACallThatWasRefusedBeTriedAgain() {
        Repetitions repetitions = new Repetitions();

        repetitions.take(begun("mine", "body", 0));
        repetitions.take(begun("mine", "body", 0).then(Phase.DROPPED, null, 1));

        assertThat(repetitions.answer("call", "body", 2)).isEmpty();
    }

    @Test
    void speaksOfOptionsAsTheApiCallsThem() {
        assertThat(WordsOfTheApi.of(
                        "--table: there is no table 'x'; './listing-sync doctor --fix' prints --allow-live"))
                .isEqualTo("tables: there is no table 'x'; './listing-sync doctor --fix' prints allowLive");
    }

    private static RepetitionNote begun(String token, String body, long at) {
        return new RepetitionNote("call", Phase.BEGUN, token, body, at, null);
    }

    private static RunState run(String id, long at, long fetched, long refused, String problem) {
        FeedName feed = new FeedName("mls", "property");
        return RunState.first(id, at)
                .plus(new Outcome.RunStarted(List.of(feed), "cli", at))
                .plus(new Outcome.Counted(
                        feed,
                        Tally.of(Tally.FETCHED, fetched)
                                .plus(Tally.of(Tally.WRITTEN, fetched - refused))
                                .plus(Tally.of(Tally.refused("22003"), refused)),
                        at))
                .plus(new Outcome.FeedFinished(feed, problem, at));
    }
}
