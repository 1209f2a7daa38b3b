package com.listingsync.console.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.health.Service;
import com.listingsync.console.command.CommandProcess;
import com.listingsync.sink.SinkApp;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A replay under way: paused, held to a rate, without its project, killed, and beside live rows. */
abstract class ReplayCourseSpec extends ReplaySpec {

    ReplayCourseSpec(ReplayStack stack) {
        super(stack);
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
}
