package com.listingsync.processor;

import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import com.listingsync.common.health.Service;
import com.listingsync.embedded.kafka.KafkaInContainer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.kafka.KafkaContainer;

/** The processor on Kafka's own container image; skipped where Docker or the image is not there. */
class ContainerBrokerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void makesRowsOfRecords() {
        KafkaContainer kafka = started();
        try (TestBroker broker = TestBroker.on(kafka, kafka.getBootstrapServers(), 2)) {
            broker.send(property("L1", 1, ""));
            broker.send(media("L1", "M1", 1, ""));
            broker.flush();

            try (Service processor = ProcessorApp.start(broker.environment(folder.resolve("state")))) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(
                                        broker.committed(broker.topics().rows()).stream()
                                                .map(record -> new String(record.key(), StandardCharsets.UTF_8)))
                                .contains("L1/properties/L1", "L1/media/M1"));
                assertThat(processor.health().live()).allMatch(check -> check.passed());
            }
        }
    }

    private static KafkaContainer started() {
        try {
            return KafkaInContainer.start();
        } catch (KafkaInContainer.UnavailableException e) {
            return abort(e.getMessage());
        }
    }
}
