package com.listingsync.producer.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.producer.connection.Sweeping;
import com.listingsync.producer.presence.KeyBuckets.Entry;
import com.listingsync.producer.presence.SweepCase.Findings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SweepCaseTest {

    private static final SweepRule RULE =
            new SweepRule(new Sweeping(Optional.empty(), Duration.ZERO, 0.1, 1_000), 4, 1_000, 0);

    // So little memory that everything goes through files.
    private final KeyBuckets server = new KeyBuckets(64);
    private final KeyBuckets log = new KeyBuckets(64);
    private final KeyBuckets absences = new KeyBuckets(64);
    private final Set<String> touched = new HashSet<>();

    @AfterEach
    void close() {
        server.close();
        log.close();
        absences.close();
    }

    @Test
    void missesWhatTheLogHoldsAndTheServerDoesNot() {
        atServer("1", 10);
        inLog("1", 10);
        inLog("2", 20);

        assertThat(findings()).containsExactly("missing 2/c at 20 since sweep 4");
    }

    @Test
    void missesWhatTheServerMarksAsDeleted() {
        server.add(new Entry("1", "", 10, true));
        inLog("1", 10);

        assertThat(findings()).containsExactly("missing 1/c at 10 since sweep 4");
    }

    @Test
    void knowsNothingOfWhatWasDeletedInTheLog() {
        inLog("1", 10);
        log.add(new Entry("1", "1/c", 10, true));

        assertThat(findings()).isEmpty();
    }

    @Test
    void goesOnWithAnAbsenceThatWasNotedBefore() {
        inLog("1", 10);
        absent("1", 2);

        assertThat(findings()).containsExactly("missing 1/c at 10 since sweep 2");
    }

    @Test
    void endsTheAbsenceOfWhatIsBack() {
        atServer("1", 10);
        inLog("1", 10);
        absent("1", 2);

        assertThat(findings()).containsExactly("back 1/c");
    }

    @Test
    void endsTheAbsenceOfWhatTheLogNoLongerHolds() {
        absent("1", 2);

        assertThat(findings()).containsExactly("back 1/c");
    }

    @Test
    void forgetsAnAbsenceThatIsOver() {
        inLog("1", 10);
        absent("1", 2);
        absences.add(new Entry("1", "0 1/c", 0, true));

        assertThat(findings()).containsExactly("missing 1/c at 10 since sweep 4");
    }

    @Test
    void leavesAloneWhatWasEmittedMeanwhile() {
        inLog("1", 10);
        absent("1", 2);
        atServer("2", 10);
        touched.addAll(Set.of("1", "2"));

        assertThat(findings()).containsExactly("back 1/c");
    }

    @Test
    void findsWhatTheServerHasAndTheLogDoesNot() {
        atServer("1", 10);
        server.add(new Entry("2", "", 10, true));
        atServer("3", 10);
        inLog("3", 10);
        log.add(new Entry("3", "3/c", 10, true));

        assertThat(findings()).containsExactly("unknown 1", "unknown 3");
    }

    @Test
    void findsAVersionThatIsNewerThanTheLogs() {
        atServer("1", 11);
        inLog("1", 10);
        atServer("2", 10);
        inLog("2", 11);

        assertThat(findings()).containsExactly("unknown 1");
    }

    @Test
    void leavesAChildAloneThatStandsAtAnotherListingNow() {
        log.add(new Entry("m", "L1/m/c", 1, false));
        log.add(new Entry("m", "L2/m/c", 2, false));
        atServer("m", 2);

        assertThat(findings()).isEmpty();
    }

    @RepeatedTest(20)
    void agreesWithPlainSets(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 500; i++) {
            boolean known = random.nextBoolean();
            boolean there = random.nextBoolean();
            if (known) {
                inLog("k" + i, 5);
            }
            if (there) {
                atServer("k" + i, 5);
            }
            if (known && !there) {
                expected.add("missing k" + i + "/c at 5 since sweep 4");
            } else if (there && !known) {
                expected.add("unknown k" + i);
            }
        }

        assertThat(findings())
                .as("seed %s", repetition.getCurrentRepetition())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private void atServer(String key, long clock) {
        server.add(new Entry(key, "", clock, false));
    }

    private void inLog(String key, long version) {
        log.add(new Entry(key, key + "/c", version, false));
    }

    private void absent(String key, long sweep) {
        absences.add(new Entry(key, sweep + " " + key + "/c", 500, false));
    }

    private List<String> findings() {
        List<String> found = new ArrayList<>();
        for (int bucket = 0; bucket < KeyBuckets.COUNT; bucket++) {
            SweepCase.of(bucket, server, log, absences).judge(RULE, touched::contains, new Findings() {
                @Override
                public void missing(String place, long version, Absence absence) {
                    found.add("missing " + place + " at " + version + " since sweep " + absence.sweep());
                }

                @Override
                public void back(String place) {
                    found.add("back " + place);
                }

                @Override
                public void unknown(String key) {
                    found.add("unknown " + key);
                }
            });
        }
        found.sort(String::compareTo);
        return found;
    }
}
