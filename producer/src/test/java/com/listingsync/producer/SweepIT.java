package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.command.SyncCommand.Sweep;
import com.listingsync.common.event.Entity;
import com.listingsync.common.health.Service;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is gone from a server is deleted when it has been missing for long enough, and never on half an answer. */
class SweepIT {

    private static final String OLD = "2026-01-01T00:00:00Z";
    private static final String NEW = "2026-02-01T00:00:00Z";

    @TempDir
    Path folder;

    private final TinyMls mls = new TinyMls().with(0, 100, OLD);
    private Producing producing;
    private int runs;

    @BeforeEach
    void start() {
        producing = new Producing(Broker.withTopics(), folder, mls.yaml("a", ""));
    }

    @AfterEach
    void stop() {
        producing.close();
        mls.close();
    }

    @Test
    void deletesWhatTwoSweepsMissed() {
        begin("sweep_grace: 0s");
        mls.remove(10, 13);

        RunState first = sweep(Sweep.SWEEP);
        assertThat(deletes()).isEmpty();
        RunState second = sweep(Sweep.SWEEP);

        assertThat(deletes()).containsExactlyInAnyOrder("L0010", "L0011", "L0012");
        assertThat(tally(first).fetched()).isEqualTo(tally(first).skipped());
        assertThat(tally(second).fetched() - tally(second).skipped()).isEqualTo(3);
        assertThat(second.feeds().get("a/property").problem()).isNull();
        sweep(Sweep.SWEEP);
        assertThat(deletes()).hasSize(3);
    }

    @Test
    void givesADeleteTheVersionThatWasEmittedLast() {
        begin("sweep_grace: 0s");
        mls.remove(10, 11);
        sweep(Sweep.SWEEP);
        sweep(Sweep.SWEEP);

        List<Producing.Emitted> words = producing.emitted(Entity.PROPERTY).stream()
                .filter(record -> record.key().equals("L0010"))
                .toList();

        assertThat(words).hasSize(2);
        assertThat(words.get(1).event().sourceVersion())
                .isEqualTo(words.get(0).event().sourceVersion());
        assertThat(words.get(1).place()).isEqualTo(words.get(0).place());
    }

    @Test
    void waitsForTheGracePeriodWhoeverRunsTheFeedByThen() {
        begin("sweep_grace: 1h");
        mls.remove(10, 11);
        sweep(Sweep.SWEEP);
        sweep(Sweep.SWEEP);
        assertThat(deletes()).isEmpty();

        restart("sweep_grace: 0s");
        sweep(Sweep.SWEEP);

        assertThat(deletes()).containsExactly("L0010");
    }

    @Test
    void beginsAnewWithARecordThatCameBack() {
        begin("sweep_grace: 0s");
        mls.remove(10, 11);
        sweep(Sweep.SWEEP);
        mls.with(10, 11, OLD);
        sweep(Sweep.SWEEP);
        mls.remove(10, 11);

        sweep(Sweep.SWEEP);

        assertThat(deletes()).isEmpty();
    }

    @Test
    void emitsADeletedRecordAgainWhenItIsBackUnchanged() {
        begin("sweep_grace: 0s");
        mls.remove(10, 11);
        sweep(Sweep.SWEEP);
        sweep(Sweep.SWEEP);
        mls.with(10, 11, OLD);

        RunState run = sweep(Sweep.SWEEP);

        assertThat(present()).hasSize(100).containsKey("L0010");
        assertThat(tally(run).fetched() - tally(run).skipped()).isEqualTo(1);
    }

    @Test
    void fetchesRowsThatTheCursorPassedBy() {
        begin("sweep_grace: 0s, overlap: 0s");
        mls.with(200, 201, NEW);
        producing.sync("late", "a", "property");
        mls.with(300, 340, "2025-06-01T00:00:00Z");

        sweep(Sweep.SWEEP);

        assertThat(present()).hasSize(141).containsKeys("L0300", "L0339");
    }

    @Test
    void leavesAloneWhatIsEmittedWhileKeysAreRead() {
        begin("sweep_grace: 0s, interval: 1s, min_interval: 100ms, sweep: 300ms");
        mls.remove(10, 11);
        AtomicBoolean back = new AtomicBoolean();
        mls.keysAnswered(body -> body.replaceAll("\\{\"ListingKey\":\"L0050\"[^}]*},", ""));
        mls.whenKeysAreRead(() -> {
            if (back.compareAndSet(false, true)) {
                mls.with(50, 51, NEW);
            }
        });

        sweep(Sweep.SWEEP);

        assertThat(deletes()).isEmpty();
    }

    @Test
    void sweepsOnItsOwnSchedule() {
        restart("sweep_grace: 0s, interval: 200ms, min_interval: 100ms, sweep: 300ms", "on");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(present()).hasSize(100));

        mls.remove(10, 12);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(deletes()).containsExactlyInAnyOrder("L0010", "L0011"));
    }

    @Test
    void holdsAMassDeleteUntilAPersonConfirmsIt() {
        Service service = begin("sweep_grace: 0s");
        mls.remove(10, 60);
        sweep(Sweep.SWEEP);

        RunState held = sweep(Sweep.SWEEP);

        String words =
                "a sweep misses 50 of 100 known records, more than 10% at once; none is deleted. If they are meant to"
                        + " go: ./listing-sync sync --connection a --sweep --confirm-deletes";
        assertThat(deletes()).isEmpty();
        assertThat(held.feeds().get("a/property").problem()).isEqualTo(words);
        assertThat(service.health().ready().toString()).contains(words);

        RunState confirmed = sweep(Sweep.CONFIRMED);

        assertThat(deletes()).hasSize(50);
        assertThat(confirmed.feeds().get("a/property").problem()).isNull();
        assertThat(tally(confirmed).fetched() - tally(confirmed).skipped()).isEqualTo(50);
        assertThat(service.health().ready().toString()).doesNotContain(words);
    }

    @Test
    void remembersWhatIsHeldAndWhatWasConfirmed() {
        begin("sweep_grace: 1h");
        mls.remove(10, 60);
        sweep(Sweep.SWEEP);
        sweep(Sweep.CONFIRMED);
        assertThat(deletes()).isEmpty();

        restart("sweep_grace: 0s");
        mls.remove(60, 65);
        sweep(Sweep.SWEEP);

        assertThat(deletes()).hasSize(50).doesNotContain("L0060");
    }

    @Test
    void deletesNothingOnAnAnswerThatCanNotBeBelieved() {
        begin("sweep_grace: 0s");
        mls.remove(10, 11);
        sweep(Sweep.SWEEP);

        mls.keysAnswered(body -> body.replaceAll("\"value\":\\[.*", "\"value\":[]}"));
        assertProblem(sweep(Sweep.SWEEP), "gave no key at all");
        mls.keysAnswered(body -> body.substring(0, body.length() / 2));
        assertProblem(sweep(Sweep.SWEEP), "a body cut short");
        mls.keysAnswered(body -> "<html>We'll be back soon</html>");
        assertProblem(sweep(Sweep.SWEEP), "something that is not JSON");
        mls.keysAnswered(body -> body.replaceAll("@odata.count\":\\d+", "@odata.count\":150"));
        assertProblem(sweep(Sweep.CONFIRMED), "gave 99 keys and said that there are 150");

        assertThat(deletes()).isEmpty();
        mls.keysAnswered(body -> body);
        sweep(Sweep.SWEEP);
        assertThat(deletes()).containsExactly("L0010");
    }

    private static void assertProblem(RunState run, String words) {
        assertThat(run.feeds().get("a/property").problem()).contains(words);
    }

    private Service begin(String feed) {
        Service service = restart(feed);
        producing.sync("begin", "a", "property");
        return service;
    }

    private Service restart(String feed) {
        return restart(feed, "off");
    }

    private Service restart(String feed, String schedule) {
        producing.close();
        producing.connections(mls.yaml("a", feed));
        return producing
                .with("SYNC_SCHEDULE", schedule)
                .with("SYNC_SOURCE_RETRY_ATTEMPTS", "2")
                .start();
    }

    private RunState sweep(Sweep how) {
        runs++;
        return producing.sweep("sweep-" + runs, "a", how, "property");
    }

    private List<String> deletes() {
        return producing.emitted(Entity.PROPERTY).stream()
                .filter(Producing.Emitted::isDelete)
                .map(Producing.Emitted::key)
                .toList();
    }

    private Map<String, Producing.Emitted> present() {
        Map<String, Producing.Emitted> last = new TreeMap<>();
        producing.emitted(Entity.PROPERTY).forEach(record -> last.put(record.key(), record));
        last.values().removeIf(Producing.Emitted::isDelete);
        return last;
    }

    private static Tally tally(RunState run) {
        return Producing.tally(run, "a", "property");
    }
}
