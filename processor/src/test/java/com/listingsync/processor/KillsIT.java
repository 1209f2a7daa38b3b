package com.listingsync.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random moments of a processor at work. {@code -Dkills=100} kills more often; {@code -Dseed} draws other moments.
 */
class KillsIT {

    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final long SEED = Long.getLong("seed", 20261122);
    private static final int RECORDS_BETWEEN = 3_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void losesAndRepeatsNothingHoweverOftenItIsKilled() throws Exception {
        Random random = new Random(SEED);
        Workload workload = new Workload(SEED, 300);
        try (TestBroker broker = TestBroker.start(folder.resolve("kafka"), 4)) {
            Map<String, String> environment = broker.environment(folder.resolve("state"));
            environment.put("SYNC_INSTANCE", "processor-1");
            Path log = folder.resolve("processor.log");

            for (int kill = 0; kill < KILLS; kill++) {
                long before = CommittedProgress.of(broker);
                workload.send(broker, RECORDS_BETWEEN);
                long until = before + random.nextInt(RECORDS_BETWEEN);
                try (ProcessorProcess processor = ProcessorProcess.start(environment, log)) {
                    await().atMost(PATIENCE)
                            .pollInterval(Duration.ofMillis(20))
                            .untilAsserted(() ->
                                    assertThat(CommittedProgress.of(broker)).isGreaterThan(until));
                    processor.kill();
                }
            }

            CommittedWork work = new CommittedWork(broker);
            try (ProcessorProcess processor = ProcessorProcess.start(environment, log)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(work.accounted()).isEqualTo(workload.size()));
                work.isExactly(workload);
                assertThat(processor.alive()).isTrue();
            }
        }
    }
}
