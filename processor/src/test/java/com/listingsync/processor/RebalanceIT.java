package com.listingsync.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.health.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances that come, go and hang, and a broker that does, in the middle of their work. */
class RebalanceIT {

    private static final int RECORDS = 4_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void losesAndRepeatsNothingWhileInstancesComeGoAndHang() throws Exception {
        Workload workload = new Workload(1, 300);
        Path log = folder.resolve("processor.log");
        try (TestBroker broker = TestBroker.start(folder.resolve("kafka"), 4);
                ProcessorProcess first = ProcessorProcess.start(environment(broker, "first"), log)) {
            CommittedWork work = new CommittedWork(broker);
            workload.send(broker, RECORDS);
            awaitProgress(broker, 0);
            try (ProcessorProcess second = ProcessorProcess.start(environment(broker, "second"), log)) {
                workload.send(broker, RECORDS);
                awaitProgress(broker, RECORDS);

                second.suspend();
                workload.send(broker, RECORDS);
                awaitDone(work, workload);
                second.resume();
                workload.send(broker, RECORDS);
                awaitDone(work, workload);

                second.kill();
                workload.send(broker, RECORDS);
                awaitDone(work, workload);
            }
            try (ProcessorProcess third = ProcessorProcess.start(environment(broker, "third"), log)) {
                workload.send(broker, RECORDS);
                first.stop();
                workload.send(broker, RECORDS);
                awaitDone(work, workload);
                assertThat(third.alive()).isTrue();
            }

            work.isExactly(workload);
        }
    }

    @Test
    void goesOnByItselfWhenTheBrokerIsBack() throws Exception {
        Workload workload = new Workload(2, 300);
        try (TestBroker broker = TestBroker.start(folder.resolve("kafka"), 4);
                Service processor = ProcessorApp.start(environment(broker, "only"))) {
            CommittedWork work = new CommittedWork(broker);
            workload.send(broker, RECORDS);
            awaitProgress(broker, 0);

            broker.bounce(folder.resolve("kafka"));
            workload.send(broker, RECORDS);
            awaitDone(work, workload);

            work.isExactly(workload);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(processor.health().isReady()).isTrue());
        }
    }

    /** With a copy of the state on every instance, so that whoever takes over need not restore it. */
    private Map<String, String> environment(TestBroker broker, String instance) {
        Map<String, String> environment = broker.environment(folder.resolve(instance));
        environment.put("SYNC_STANDBY_REPLICAS", "1");
        return environment;
    }

    private static void awaitProgress(TestBroker broker, long past) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(CommittedProgress.of(broker)).isGreaterThan(past));
    }

    private static void awaitDone(CommittedWork work, Workload workload) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(work.accounted()).isEqualTo(workload.size()));
    }
}
