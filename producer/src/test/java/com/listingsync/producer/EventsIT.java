package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.event.Entity;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a server has an event log, a feed is read by it, and by clock again when the log is not the one it was. */
class EventsIT {

    private static final String OLD = "2026-01-01T00:00:00Z";
    private static final String NEW = "2026-02-01T00:00:00Z";

    @TempDir
    Path folder;

    private final TinyMls mls = new TinyMls().with(0, 50, OLD).happened(7, 3);
    private Producing producing;
    private int runs;

    @BeforeEach
    void start() {
        producing = new Producing(Broker.withTopics(), folder, mls.yaml("a", "events: EntityEvent", "sweep: off"));
        producing.with("SYNC_SOURCE_RETRY_ATTEMPTS", "2").start();
        sync();
        mls.queries().clear();
    }

    @AfterEach
    void stop() {
        producing.close();
        mls.close();
    }

    @Test
    void fetchesJustWhatEventsName() {
        mls.with(10, 12, NEW).happened(8, 10).happened(20, 11).happened(21, 10);

        RunState run = sync();

        assertThat(tally(run).fetched()).isEqualTo(2);
        assertThat(last(2)).containsExactlyInAnyOrder("L0010", "L0011");
        assertThat(mls.queries()).noneMatch(query -> query.startsWith("Property") && !query.contains("ListingKey eq"));
    }

    @Test
    void deletesWhatEventsNameAndTheServerNoLongerHas() {
        mls.remove(10, 11);
        mls.happened(8, 10);

        RunState run = sync();

        Producing.Emitted gone = emitted().get(emitted().size() - 1);
        assertThat(gone.isDelete()).isTrue();
        assertThat(gone.key()).isEqualTo("L0010");
        assertThat(gone.event().sourceVersion())
                .isEqualTo(emitted().get(0).event().sourceVersion());
        assertThat(tally(run).fetched()).isEqualTo(1);
    }

    @Test
    void ignoresWhatIsGoneAndWasNeverHere() {
        mls.happened(8, 4_000);

        assertThat(tally(sync()).fetched()).isZero();
        assertThat(emitted()).hasSize(50);
    }

    @Test
    void emitsADeletedRecordAgainWhenItIsBack() {
        mls.remove(10, 11);
        mls.happened(8, 10);
        sync();
        mls.with(10, 11, OLD).happened(9, 10);

        sync();

        assertThat(last(2)).containsExactly("L0010", "L0010");
        assertThat(emitted().get(51).isDelete()).isFalse();
    }

    @Test
    void goesOnBehindTheLastEventAfterARestart() {
        mls.with(10, 11, NEW).happened(8, 10);
        sync();
        producing.close();
        producing.start();
        mls.with(11, 12, NEW).happened(9, 11);

        sync();

        assertThat(last(2)).containsExactly("L0010", "L0011");
        assertThat(emitted()).hasSize(52);
    }

    @Test
    void goesOnWhenAnEventIsLeftOutThatALaterOneOutdates() {
        mls.happened(6, 1).with(10, 11, NEW).happened(8, 10);
        sync();
        mls.forgetEventsBefore(7);
        mls.happened(2, 1).with(11, 12, NEW).happened(9, 11);
        sync();

        assertThat(mls.queries()).noneMatch(query -> query.startsWith("Property") && !query.contains("ListingKey eq"));
        assertThat(last(2)).containsExactly("L0010", "L0011");
    }

    @Test
    void readsByClockWhenEventsWereCutOff() {
        mls.with(10, 11, NEW).happened(30, 20);
        mls.forgetEventsBefore(30);

        RunState run = sync();

        assertThat(last(1)).containsExactly("L0010");
        assertThat(run.feeds().get("a/property").problem()).isNull();
        mls.with(11, 12, NEW).happened(31, 11);
        sync();
        assertThat(last(1)).containsExactly("L0011");
        assertThat(emitted()).hasSize(52);
    }

    @Test
    void readsByClockWhenTheLogBeginsAnew() {
        mls.forgetEventsBefore(Long.MAX_VALUE);
        mls.with(10, 11, NEW).happened(1, 10);

        sync();

        assertThat(last(1)).containsExactly("L0010");
        mls.with(11, 12, NEW).happened(2, 11);
        sync();
        assertThat(last(1)).containsExactly("L0011");
    }

    @Test
    void sweepsWhenEventsWereLost() {
        producing.close();
        producing.connections(
                mls.yaml("a", "events: EntityEvent", "sweep: off, overlap: 0s, interval: 200ms, min_interval: 100ms"));
        mls.with(60, 61, "2025-01-01T00:00:00Z").happened(30, 20);
        mls.forgetEventsBefore(30);

        producing.with("SYNC_SCHEDULE", "on").start();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(last(1)).containsExactly("L0060"));
    }

    @Test
    void readsByClockAndSaysSoWhileTheLogCanNotBeRead() {
        mls.answerNoEvents(true);
        mls.with(10, 11, NEW);

        RunState run = sync();

        assertThat(last(1)).containsExactly("L0010");
        assertThat(run.feeds().get("a/property").problem())
                .startsWith("its event log can't be followed, so it was read by clock: ");
        mls.answerNoEvents(false);
        mls.with(11, 12, NEW).happened(8, 11);
        assertThat(sync().feeds().get("a/property").problem()).isNull();
        assertThat(last(1)).containsExactly("L0011");
    }

    private RunState sync() {
        runs++;
        return producing.sync("run-" + runs, "a", "property");
    }

    private List<Producing.Emitted> emitted() {
        return producing.emitted(Entity.PROPERTY).stream()
                .sorted((a, b) -> Long.compare(a.at(), b.at()))
                .toList();
    }

    private List<String> last(int count) {
        List<String> keys = emitted().stream().map(Producing.Emitted::key).toList();
        return keys.subList(Math.max(0, keys.size() - count), keys.size());
    }

    private static Tally tally(RunState run) {
        return Producing.tally(run, "a", "property");
    }
}
