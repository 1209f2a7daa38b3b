package com.listingsync.processor.topology;

import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.property;
import static com.listingsync.processor.topology.TestSource.sheet;
import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.Fate;
import com.listingsync.common.deadletter.LetterId;
import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.event.Entity;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.RecordHeaders;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A dead letter's record that comes again with its mark in the place of its run. */
class ReplayedLetterTest {

    private static final LetterId LETTER = new LetterId("test.dead-letters.processor", 1, 41);
    private static final String MARK = new ReplayMark(LETTER, 1).run();

    private final TopologyHarness topology = new TopologyHarness();

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void makesARowOfACorrectedRecordAndHandsTheMarkOn() {
        topology.send(property("L1", 1, "\"ListPrice\":\"x\""));
        topology.deadLetters();

        sendCorrected(property("L1", 1, "\"ListPrice\":\"x\""), "\"ListPrice\":5");

        List<TopologyHarness.Row> rows = topology.rows();
        assertThat(rows.get(0).json().path("list_price").asInt()).isEqualTo(5);
        assertThat(rows.get(0).event().origin().orElseThrow().run()).contains(MARK);
        assertThat(topology.fates()).isEmpty();
        assertThat(topology.tally().counts()).isEqualTo(Map.of(Tally.refused("bad-value"), 1L));
    }

    @Test
    void knowsTheSameWordsFromTheSourceAfterTheCorrection() {
        TestSource bad = property("L1", 1, "\"ListPrice\":\"x\"");
        topology.send(bad, bad.ofRun(MARK));
        topology.deadLetters();

        topology.send(bad);

        assertThat(topology.deadLetters()).isEmpty();
    }

    @Test
    void countsWhatIsRefusedAgainAsTheFateOfItsLetter() {
        TestSource bad = property("L1", 1, "\"ListPrice\":\"x\"");
        topology.send(bad);
        topology.deadLetters();

        topology.send(bad.ofRun(MARK));

        Headers again = topology.deadLetters().get(0).headers();
        assertThat(ReplayMark.of(again)).contains(new ReplayMark(LETTER, 1));
        assertThat(RecordHeaders.text(again, DeadLetter.RUN)).isEmpty();
        assertThat(topology.fates()).singleElement().isInstanceOfSatisfying(Fate.Became.class, became -> {
            assertThat(became.letter()).isEqualTo(LETTER);
            assertThat(became.counts()).isEqualTo(Tally.of(Tally.refused("bad-value"), 1));
        });
    }

    @Test
    void leavesAnOlderRecordAloneThatIsReplayedAfterANewerOne() {
        TestSource bad = property("L1", 1, "\"ListPrice\":\"x\"");
        topology.send(bad, property("L1", 2, "\"ListPrice\":7"));
        topology.fates();

        sendCorrected(bad, "\"ListPrice\":1");

        assertThat(topology.tables().get("L1/properties/L1").path("list_price").asInt())
                .isEqualTo(7);
        assertThat(counts(topology.fates())).containsExactly(Tally.of(Tally.skipped("stale"), 1));
    }

    @Test
    void leavesWhatIsDeletedSinceDeleted() {
        TestSource bad = property("L1", 1, "\"ListPrice\":\"x\"");
        topology.send(bad, bad.deleted());
        topology.fates();

        sendCorrected(bad, "\"ListPrice\":1");

        assertThat(topology.tables()).isEmpty();
        assertThat(counts(topology.fates())).containsExactly(Tally.of(Tally.skipped("stale"), 1));
    }

    @Test
    void reportsALetterAsOvertakenWhenItsSourceSaysSomethingNew() {
        topology.send(property("L1", 1, "\"ListPrice\":\"x\""), property("L2", 1, ""));

        topology.send(
                property("L1", 2, "\"ListPrice\":7"),
                property("L1", 3, "\"ListPrice\":8"),
                property("L2", 2, "\"City\":\"x\""));

        assertThat(topology.fates()).singleElement().isInstanceOfSatisfying(Fate.Overtaken.class, overtaken -> {
            assertThat(overtaken.topic()).isEqualTo("test.source.property");
            assertThat(overtaken.recordKey()).isEqualTo("L1/mls");
        });
    }

    @Test
    void reportsLettersOfChildrenAndSheetRowsAsOvertakenToo() {
        topology.send(
                property("L1", 1, ""),
                media("L1", "M1", 1, "").withJson("[]"),
                sheet("S1", "S1", 1, "").withJson("[]"));

        topology.send(media("L1", "M1", 2, ""), sheet("S1", "S1", 2, ""));

        assertThat(topology.fates()).hasSize(2).allMatch(fate -> fate instanceof Fate.Overtaken);
    }

    @Test
    void keepsTheMarkOfAChildThatWaits() {
        topology.send(media("L1", "M1", 1, "").ofRun(MARK));
        assertThat(counts(topology.fates())).containsExactly(Tally.of(Tally.PARKED, 1));

        topology.send(property("L1", 1, ""));

        assertThat(topology.rows())
                .anySatisfy(row ->
                        assertThat(row.event().origin().orElseThrow().run()).contains(MARK));
        assertThat(counts(topology.fates())).containsExactly(Tally.of(Tally.PARKED, -1));
    }

    @Test
    void refusesAKeyThatNoDeadLetterCouldHold() {
        String listing = "L".repeat(DeadLetter.KEY_BYTES);

        topology.send(property(listing, 1, ""));

        assertThat(topology.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.code()).isEqualTo("unreadable");
            assertThat(letter.key()).isNull();
        });
    }

    /** The record as an operator corrects it: another payload under the hash of the one that was refused. */
    private void sendCorrected(TestSource bad, String fields) {
        TestSource marked = bad.ofRun(MARK);
        byte[] payload =
                marked.withJson("{\"ListingKey\":\"L1\"," + fields + "}").value();
        topology.sendRaw(Entity.PROPERTY, marked.key().bytes(), payload, marked.headers());
    }

    private static List<Tally> counts(List<Fate> fates) {
        return fates.stream()
                .filter(fate -> fate instanceof Fate.Became)
                .map(fate -> ((Fate.Became) fate).counts())
                .toList();
    }
}
