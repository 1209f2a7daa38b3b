package com.listingsync.console.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.health.Service;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.console.command.CommandProcess;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import com.listingsync.sink.SinkApp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays of rows between a real broker and two real projects. */
class ReplayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static Project live;
    private static Project copy;
    private static int number;

    private final List<String> journal = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private RowLog log;
    private Replays replays;

    @BeforeAll
    static void start() throws IOException {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        live = Project.start(folder.resolve("live"));
        copy = Project.start(folder.resolve("copy"));
    }

    @AfterAll
    static void stop() {
        copy.close();
        live.close();
        kafka.close();
    }

    @BeforeEach
    void empty() {
        live.empty();
        copy.empty();
        Topics topics = new Topics("r" + ++number, RowLog.PARTITIONS);
        log = new RowLog(
                kafka.bootstrapServers(),
                topics.prefix(),
                List.of(
                        topics.rows(),
                        topics.replays(),
                        topics.outcomes(),
                        topics.signals(),
                        topics.fates(),
                        topics.audit(),
                        topics.deadLetters(Stage.SINK)));
        Map<String, String> environment = new HashMap<>(log.environment(live));
        environment.put("COPY_KEY", copy.key());
        replays = new Replays(
                log.access(),
                environment,
                (who, action, selection, counts, problem) -> journal.add(who + " " + action + " " + counts),
                Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : parts) {
            part.close();
        }
        log.close();
    }

    @Test
    void bringsBackLostRowsAndLeavesTheOthersAsTheyAre() throws Exception {
        log.property("L1", 1, "100");
        log.property("L1", 2, "200");
        log.property("L2", 5, "500");
        log.media("L1", "M1", 1);
        log.flush();
        live.execute("insert into properties (listing_key, list_price, row_version) values ('L2', 999, 9)");

        ReplayStatus status = finished(request().build());

        assertThat(live.column(
                        "select listing_key || ' ' || list_price || ' ' || row_version from properties order by 1"))
                .containsExactly("L1 200 2", "L2 999 9");
        assertThat(live.count("media")).isEqualTo(1);
        assertThat(status.sent()).isEqualTo(4);
        assertThat(status.total().written()
                        + status.total().unchanged()
                        + status.total().skipped())
                .isEqualTo(4);
        assertThat(status.total().unchanged()).isPositive();
        assertThat(journal).hasSize(2);
        assertThat(journal.get(0)).startsWith("tester replay start");
        assertThat(journal.get(1)).startsWith("tester replay finish").contains("sent=4");
    }

    @Test
    void sendsWhatWasAskedForOnly() throws Exception {
        log.property("L1", 1, "1");
        log.property("L2", 1, "2");
        log.media("L1", "M1", 1);
        log.flush();

        finished(request().entities("property").keys("L1").build());

        assertThat(live.column("select listing_key from properties")).containsExactly("L1");
        assertThat(live.count("media")).isZero();
    }

    @Test
    void sendsATimeOrARunOrNothing() throws Exception {
        log.property("L1", 1, "1");
        log.flush();
        Instant between = await().until(Instant::now, now -> now.toEpochMilli() > lastTimestamp() + 5);
        log.property("L2", 1, "2");
        log.flush();

        finished(request().from(between.toString()).build());
        assertThat(live.column("select listing_key from properties")).containsExactly("L2");
        finished(request().run("another-run").build());
        assertThat(live.count("properties")).isEqualTo(1);
        finished(request().to(between.toString()).run(RowLog.RUN).build());

        assertThat(live.count("properties")).isEqualTo(2);
    }

    @Test
    void neitherBringsBackNorTakesAwayWhatWasPurged() throws Exception {
        log.property("L1", 1, "1");
        log.property("L2", 1, "1");
        log.purge("L1");
        log.purge("L2");
        log.property("L2", 7, "7");
        log.flush();
        live.execute("insert into properties (listing_key, list_price, row_version) values ('L2', 8, 8)");

        finished(request().build());

        assertThat(live.column("select listing_key || ' ' || list_price from properties"))
                .containsExactly("L2 8");
    }

    @Test
    void rebuildsAnotherProjectFromALogThatHasChildrenBeforeTheirParents() throws Exception {
        log.media("L1", "M1", 1);
        log.flush();
        for (int i = 0; i < 700; i++) {
            log.property("X" + i, 1, Integer.toString(i));
        }
        log.property("L1", 1, "1");
        log.property("L3", 1, "1");
        log.purge("L3");
        log.delete("L2", 4);
        log.flush();

        ReplayStatus status = finished(request().target().build());

        assertThat(status.total().refused()).isZero();
        assertThat(copy.count("properties")).isEqualTo(702);
        assertThat(copy.count("properties where deleted_at is not null")).isEqualTo(1);
        assertThat(copy.column("select media_key from media")).containsExactly("M1");
        assertThat(live.count("properties")).isZero();
    }

    @Test
    void refusesTheLiveProjectAsATargetUnlessItIsMeant() throws Exception {
        log.property("L1", 1, "1");
        log.flush();
        ReplayRequest onLive = new ReplayRequest(
                "rows",
                List.of(),
                List.of(),
                null,
                ReplayBound.NONE,
                ReplayBound.NONE,
                new ReplayTarget(live.url().replace("127.0.0.1", "localhost"), "/rest/v1", "SUPABASE_SERVICE_ROLE_KEY"),
                0,
                0,
                "tester");

        assertThatThrownBy(() -> replays.start(onLive, Replays.Live.REFUSED))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("the project that the sink writes to");
        ended(replays.start(onLive, Replays.Live.MEANT));

        assertThat(live.count("properties")).isEqualTo(1);
    }

    @Test
    void dryRunCountsAndSendsNothing() {
        log.property("L1", 1, "1");
        log.property("L1", 2, "2");
        log.media("L1", "M1", 1);
        log.flush();

        DryReplayReport report = replays.tried(request().build());

        assertThat(report.counts()).containsEntry("properties", 2L).containsEntry("media", 1L);
        assertThat(report.samples().get("properties")).containsExactly("L1");
        assertThat(report.lines()).contains("nothing was sent; 3 of 3 rows would be");
        assertThat(live.count("properties")).isZero();
        assertThat(replays.list()).isEmpty();
    }

    @Test
    void refusedRowsBecomeDeadLettersThatNameTheReplayAndItsTarget() throws Exception {
        log.property("L1", 1, "\"lots\"");
        log.property("L2", 1, "2");
        log.flush();

        ReplayStatus status = finished(request().target().build());

        assertThat(status.total().refused()).isEqualTo(1);
        assertThat(status.isWhole()).isFalse();
        assertThat(copy.column("select listing_key from properties")).containsExactly("L2");
        await().untilAsserted(() -> assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(RecordHeaders.text(letter.headers(), DeadLetter.CODE)).contains("22P02");
            assertThat(RecordHeaders.text(letter.headers(), ReplayMarks.REPLAY))
                    .contains(status.definition().id());
            assertThat(RecordHeaders.text(letter.headers(), ReplayMarks.TARGET))
                    .contains(copy.url().substring("http://".length()));
        }));
    }

    @Test
    void pausesResumesAndStopsWhileItRuns() throws Exception {
        fill(2_000);
        Replays.Started started = replays.start(request().rate(200).build(), Replays.Live.REFUSED);
        parts.add(started.here().orElseThrow());
        String id = started.id();
        awaitState(id, "running");
        await().atMost(PATIENCE).until(() -> live.count("properties") > 0);

        replays.pause(id, "another terminal");
        awaitState(id, "paused");
        long paused = sentOnceQuiet(id);
        assertThat(replays.resume(id, "another terminal").here()).isEmpty();
        await().atMost(PATIENCE).until(() -> replays.show(id).sent() > paused);
        replays.stop(id, "another terminal");
        awaitState(id, "stopped");

        assertThat(replays.show(id).sent()).isLessThan(2_000);
        assertThat(live.count("properties")).isEqualTo(replays.show(id).sent());
        assertThat(replays.list()).hasSize(1);
        assertThat(String.join("\n", journal))
                .contains("replay start", "replay pause", "replay resume", "replay stop", "replay stopped");
    }

    /** What was under way when a replay was paused is still counted; then nothing more may come for longer than a round takes. */
    private long sentOnceQuiet(String id) {
        AtomicLong sent = new AtomicLong(-1);
        await().during(Duration.ofMillis(1_200)).atMost(PATIENCE).until(() -> {
            long now = replays.show(id).sent();
            return sent.getAndSet(now) == now;
        });
        return sent.get();
    }

    @Test
    void keepsToItsRate() throws Exception {
        fill(600);
        long begun = System.nanoTime();

        finished(request().rate(300).build());

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1_700));
    }

    @Test
    void goesOnByItselfAfterAnOutage() throws Exception {
        fill(1_500);
        live.stopRest();
        try {
            Replays.Started started = replays.start(request().build(), Replays.Live.REFUSED);
            parts.add(started.here().orElseThrow());
            awaitState(started.id(), "waiting");
            assertThat(replays.show(started.id()).why().orElse("")).isNotEmpty();
            live.startRest();

            awaitState(started.id(), "finished");

            assertThat(live.count("properties")).isEqualTo(1_500);
            assertThat(deadLetters()).isEmpty();
            assertThat(replays.show(started.id()).sent()).isEqualTo(1_500);
        } finally {
            live.stopRest();
            live.startRest();
        }
    }

    @Test
    void isTakenUpWhereItStoodAfterItsProcessWasKilled() throws Exception {
        fill(2_000);
        Map<String, String> environment = new HashMap<>(log.environment(live));
        Process process = CommandProcess.start(environment, "replay", "--rate", "400");
        parts.add(process::destroyForcibly);
        // Some of it is recorded: a kill before that would leave nothing to go on from.
        await().atMost(PATIENCE).until(() -> replays.list().stream().anyMatch(replay -> replay.sent() > 200));

        process.destroyForcibly().waitFor();
        String id = replays.list().get(0).definition().id();
        long atKill = replays.show(id).sent();
        RunningReplay resumed = replays.resume(id, "tester").here().orElseThrow();
        parts.add(resumed);
        assertThat(resumed.awaitEnd(PATIENCE)).isTrue();

        ReplayStatus status = replays.show(id);
        assertThat(status.state()).isEqualTo("finished");
        assertThat(atKill).isPositive();
        assertThat(status.sent()).isEqualTo(2_000);
        assertThat(status.total().written() + status.total().unchanged()).isEqualTo(2_000);
        assertThat(live.count("properties")).isEqualTo(2_000);
    }

    @Test
    void letsLiveRowsGoFirst() throws Exception {
        Service sink = SinkApp.start(log.environment(live));
        parts.add(sink);
        fill(30_000);
        await().atMost(PATIENCE).until(() -> live.count("properties") == 30_000);
        Replays.Started started = replays.start(request().build(), Replays.Live.REFUSED);
        RunningReplay replay = started.here().orElseThrow();
        parts.add(replay);
        awaitState(started.id(), "running");

        long worstMillis = 0;
        for (int i = 0; i < 5; i++) {
            String key = "NEW" + i;
            long begun = System.nanoTime();
            log.property(key, 1, "1");
            log.flush();
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(PATIENCE)
                    .until(() -> live.count("properties where listing_key = '" + key + "'") == 1);
            worstMillis = Math.max(worstMillis, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        }
        assertThat(replay.awaitEnd(PATIENCE)).isTrue();

        assertThat(worstMillis).isLessThan(5_000);
        assertThat(replays.show(started.id()).total().unchanged()).isEqualTo(30_000);
    }

    private void fill(int properties) {
        for (int i = 0; i < properties; i++) {
            log.property("P" + i, 1, Integer.toString(i));
        }
        log.flush();
    }

    private ReplayStatus finished(ReplayRequest request) throws InterruptedException {
        return ended(replays.start(request, Replays.Live.REFUSED));
    }

    private ReplayStatus ended(Replays.Started started) throws InterruptedException {
        try (RunningReplay replay = started.here().orElseThrow()) {
            assertThat(replay.awaitEnd(PATIENCE)).isTrue();
        }
        ReplayStatus status = replays.show(started.id());
        assertThat(status.state()).as(status.why().orElse("")).isEqualTo("finished");
        return status;
    }

    private void awaitState(String id, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(replays.show(id).state()).isEqualTo(state));
    }

    private long lastTimestamp() {
        return records(log.topics().rows().name()).stream()
                .mapToLong(ConsumerRecord::timestamp)
                .max()
                .orElse(0);
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return records(log.topics().deadLetters(Stage.SINK).name());
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        try (Consumer<byte[], byte[]> consumer = log.access().consumer()) {
            List<TopicPartition> places = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(places);
            consumer.seekToBeginning(places);
            Map<TopicPartition, Long> ends = consumer.endOffsets(places);
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            while (places.stream().anyMatch(place -> consumer.position(place) < ends.get(place))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
            return all;
        }
    }

    private static Asked request() {
        return new Asked();
    }

    /** What a test asks for; everything else is left out. */
    private static final class Asked {

        private List<String> entities = List.of();
        private List<String> keys = List.of();
        private String run;
        private String from = "";
        private String to = "";
        private ReplayTarget target;
        private int rate;

        Asked entities(String... names) {
            entities = List.of(names);
            return this;
        }

        Asked keys(String... names) {
            keys = List.of(names);
            return this;
        }

        Asked run(String id) {
            run = id;
            return this;
        }

        Asked from(String text) {
            from = text;
            return this;
        }

        Asked to(String text) {
            to = text;
            return this;
        }

        Asked target() {
            target = new ReplayTarget(copy.url(), "/rest/v1", "COPY_KEY");
            return this;
        }

        Asked rate(int perSecond) {
            rate = perSecond;
            return this;
        }

        ReplayRequest build() {
            return new ReplayRequest(
                    "rows",
                    entities,
                    keys,
                    run,
                    ReplayBound.of("--from", from, Instant.now()),
                    ReplayBound.of("--to", to, Instant.now()),
                    target,
                    0,
                    rate,
                    "tester");
        }
    }
}
