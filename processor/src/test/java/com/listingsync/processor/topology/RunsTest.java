package com.listingsync.processor.topology;

import static com.listingsync.processor.topology.TestSource.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.FeedState;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.RunStatus;
import com.listingsync.common.run.Tally;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunsTest {

    private static final FeedName FEED = new FeedName("mls", "media");

    private final TopologyHarness topology = new TopologyHarness();

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void reportsRunningRunFewTimesSecond() {
        begin();
        count(Tally.FETCHED, 10);
        count(Tally.WRITTEN, 4);
        assertThat(topology.runs()).isEmpty();

        topology.pass(Duration.ofMillis(250));

        assertThat(topology.runs()).singleElement().satisfies(run -> {
            assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
            assertThat(run.total().inFlight()).isEqualTo(6);
        });
    }

    @Test
    void reportsEndedRunAtOnce() {
        begin();
        count(Tally.FETCHED, 2);
        count(Tally.WRITTEN, 1);
        count(Tally.refused("bad-value"), 1);

        topology.report(RUN, new Outcome.FeedFinished(FEED, null, 5));

        assertThat(topology.runs()).extracting(RunState::status).containsExactly(RunStatus.PARTIAL);
        List<TopologyHarness.Row> rows = topology.runRows();
        assertThat(rows)
                .extracting(Object::toString)
                .containsExactly(
                        "UPSERT " + RUN + "/sync_state/" + RUN + " derived",
                        "UPSERT " + RUN + "/sync_log/" + RUN + "%2Fmls%2Fmedia derived");
        JsonNode row = rows.get(0).json();
        assertThat(row.path("status").asText()).isEqualTo("partial");
        assertThat(row.path("total_items").asLong()).isEqualTo(2);
        assertThat(row.path("success_count").asLong()).isEqualTo(1);
        assertThat(row.path("failed_count").asLong()).isEqualTo(1);
        assertThat(row.at("/error_details/refused/bad-value").asLong()).isEqualTo(1);
        assertThat(rows.get(1).json().path("status").asText()).isEqualTo("partial");
    }

    @Test
    void lowersNoRowVersionWhenRunChangesAfterItsEnd() {
        begin();
        topology.report(RUN, new Outcome.FeedFinished(FEED, null, 5));
        count(Tally.PARKED, -1);
        count(Tally.WRITTEN, 1);

        assertThat(topology.runRows())
                .filteredOn(row -> row.key().table().equals("sync_state"))
                .extracting(row -> row.event().rowVersion())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void countsWhatTheProcessorItselfDoes() {
        begin();

        topology.send(TestSource.media("L1", "M1", 1, ""));
        topology.pass(Duration.ofMillis(250)).pass(Duration.ofMillis(250));

        assertThat(topology.runs())
                .last()
                .extracting(run -> run.total().parked())
                .isEqualTo(1L);
    }

    @Test
    void deadLettersUnreadableOutcome() {
        topology.reportRaw(RUN.getBytes(StandardCharsets.UTF_8), new byte[] {1, 2});

        assertThat(topology.deadLetters())
                .extracting(TopologyHarness.Letter::code)
                .containsExactly("unreadable");
    }

    @Test
    void failsRunWhoseProducerSaysNothingForLong() {
        begin();
        count(Tally.FETCHED, 2);
        count(Tally.WRITTEN, 2);

        look(9);

        assertThat(topology.runs()).last().satisfies(run -> {
            assertThat(run.status()).isEqualTo(RunStatus.FAILED);
            assertThat(run.feeds().get("mls/media").problem()).isEqualTo(FeedState.SILENT);
        });
        assertThat(topology.runRows())
                .filteredOn(row -> row.key().table().equals("sync_state"))
                .last()
                .satisfies(row -> assertThat(row.json().path("status").asText()).isEqualTo("failed"));
    }

    @Test
    void failsRunThatNoProducerHasBegun() {
        topology.report(RUN, new Outcome.RunStarted(List.of(FEED), "cli", 1));

        look(9);

        assertThat(topology.runs()).last().extracting(RunState::status).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void waitsForRunThatProducerHasInHand() {
        begin();

        for (int i = 0; i < 20; i++) {
            look(1);
            topology.report(RUN, new Outcome.StillReading(List.of(FEED), 4));
        }

        assertThat(topology.runs()).last().extracting(RunState::status).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void waitsForRunWhoseRecordsAreStillOnTheirWay() {
        begin();
        count(Tally.FETCHED, 2);
        topology.report(RUN, new Outcome.FeedFinished(FEED, null, 5));

        look(20);

        assertThat(topology.runs()).last().extracting(RunState::status).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void takesBackTheFailureWhenProducerIsThereAgain() {
        begin();
        look(9);

        topology.report(RUN, new Outcome.StillReading(List.of(FEED), 6));
        look(1);
        count(Tally.FETCHED, 1);
        count(Tally.WRITTEN, 1);
        topology.report(RUN, new Outcome.FeedFinished(FEED, null, 7));

        assertThat(topology.runs())
                .extracting(RunState::status)
                .containsSubsequence(RunStatus.FAILED, RunStatus.RUNNING, RunStatus.COMPLETED);
    }

    @Test
    void makesNoRunOfPassThatHasNothingToTell() {
        topology.report(RUN, new Outcome.StillReading(List.of(FEED), 6));
        look(1);

        assertThat(topology.runs()).isEmpty();
    }

    /** Lets the time between two looks at who is there pass, so often. */
    private void look(int times) {
        for (int i = 0; i < times; i++) {
            topology.pass(Duration.ofSeconds(5));
        }
    }

    private void begin() {
        topology.report(RUN, new Outcome.RunStarted(List.of(FEED), "cli", 1));
        topology.report(RUN, new Outcome.FeedStarted(FEED, null, 2));
    }

    private void count(String name, long count) {
        topology.report(RUN, new Outcome.Counted(FEED, Tally.of(name, count), 3));
    }
}
