package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.command.SyncCommand.Sweep;
import com.listingsync.common.event.Entity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real producer process, killed with -9 at random points of its sweeps, for which a count is kept on the log. */
class KilledSweepIT {

    /** Each kill costs the start of a process; {@code -Dkills=100} for the long proof. */
    private static final int KILLS = Integer.getInteger("kills", 4);

    private static final long SEED = Long.getLong("seed", System.nanoTime());

    /** What two sweeps write for two missing keys: absences, deletes, absences taken back, and marks of transactions. */
    private static final int LONGEST_LIFE = 6;

    /** So many that what is missing at once never nears the brake. */
    private static final int LISTINGS = 100 + KILLS * 30;

    @TempDir
    Path folder;

    private final Broker broker = Broker.withTopics();
    private final Random random = new Random(SEED);
    private final TinyMls mls = new TinyMls().with(0, LISTINGS, "2026-01-01T00:00:00Z");
    private Producing producing;

    @BeforeEach
    void start() {
        producing = new Producing(
                broker, folder, mls.yaml("a", "sweep_grace: 0s, interval: 200ms, min_interval: 100ms, sweep: 200ms"));
        producing.with("SYNC_SCHEDULE", "off").start();
        producing.sync("begin", "a", "property");
        producing.close();
    }

    @AfterEach
    void stop() {
        producing.close();
        mls.close();
    }

    @Test
    void deletesWhatIsGoneOnceAndNothingElse() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            mls.remove(kill * 2, kill * 2 + 2);
            long until = written() + random.nextInt(LONGEST_LIFE);
            producing.with("SYNC_SCHEDULE", "on");
            try (ProducerProcess life =
                    ProducerProcess.start(producing.environment(), folder.resolve("producer.log"), "-Xmx128m")) {
                Awaitility.await()
                        .atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(1 + random.nextInt(20)))
                        .until(() -> written() > until);
                life.kill();
            }
        }

        producing.with("SYNC_SCHEDULE", "off").start();
        producing.sweep("last", "a", Sweep.SWEEP, "property");
        producing.sweep("very-last", "a", Sweep.SWEEP, "property");

        List<String> deleted = producing.emitted(Entity.PROPERTY).stream()
                .filter(Producing.Emitted::isDelete)
                .map(Producing.Emitted::key)
                .toList();
        assertThat(deleted)
                .as("seed " + SEED)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, KILLS * 2)
                        .mapToObj("L%04d"::formatted)
                        .toList());
    }

    private long written() {
        return broker.end(broker.topics().source(Entity.PROPERTY))
                + broker.end(broker.topics().absences());
    }
}
