package com.listingsync.processor;

import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.processor.topology.TestSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExactlyOnceIT {

    private static final int LISTINGS = 1_000;
    private static final int PHOTOS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private TestBroker broker;

    @BeforeEach
    void startBroker() {
        broker = TestBroker.start(folder.resolve("kafka"), 4);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void losesAndRepeatsNothingWhenKilledInTheMiddleOfItsWork() throws Exception {
        Map<String, String> environment = broker.environment(folder.resolve("state"));
        Path log = folder.resolve("processor.log");
        sendAll();

        try (ProcessorProcess first = ProcessorProcess.start(environment, log)) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rows()).isNotEmpty());
            first.kill();
        }
        sendAll();
        try (ProcessorProcess second = ProcessorProcess.start(environment, log)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(tally().skipped() + rows().size()).isEqualTo(2L * LISTINGS * (PHOTOS + 1)));

            Set<String> expected = new TreeSet<>();
            for (int i = 0; i < LISTINGS; i++) {
                expected.add("L" + i + "/properties/L" + i);
                for (int j = 0; j < PHOTOS; j++) {
                    expected.add("L" + i + "/media/M" + i + "-" + j);
                }
            }
            assertThat(rows()).hasSameSizeAs(expected).containsAll(expected);
            assertThat(tally().counts()).isEqualTo(Map.of(Tally.skipped("duplicate"), (long) LISTINGS * (PHOTOS + 1)));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(lastRunState().skipped()).isEqualTo((long) LISTINGS * (PHOTOS + 1)));
        }
    }

    /** Photos first for every other listing, so that some are parked across the kill. */
    private void sendAll() {
        for (int i = 0; i < LISTINGS; i++) {
            TestSource listing = property("L" + i, 1, "\"ListPrice\":" + i);
            if (i % 2 == 0) {
                broker.send(listing);
            }
            for (int j = 0; j < PHOTOS; j++) {
                broker.send(media("L" + i, "M" + i + "-" + j, 1, ""));
            }
            if (i % 2 == 1) {
                broker.send(listing);
            }
        }
        broker.flush();
    }

    private List<String> rows() {
        return broker.committed(broker.topics().rows()).stream()
                .filter(record ->
                        !RecordHeaders.readRow(record.headers()).table().startsWith("sync_"))
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .collect(Collectors.toList());
    }

    private Tally tally() {
        return broker.committed(broker.topics().outcomes()).stream()
                .map(record -> Outcome.of(record.value()))
                .filter(Outcome.Counted.class::isInstance)
                .map(outcome -> ((Outcome.Counted) outcome).tally())
                .reduce(Tally.NONE, Tally::plus);
    }

    private Tally lastRunState() {
        Map<String, RunState> runs = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                broker.committed(broker.topics().runs())) {
            RunState run = RunState.of(record.value());
            runs.put(run.run(), run);
        }
        return runs.get(TestSource.RUN).total();
    }
}
