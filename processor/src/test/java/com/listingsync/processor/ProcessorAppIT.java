package com.listingsync.processor;

import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.event.Entity;
import com.listingsync.common.health.Service;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorAppIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private TestBroker broker;

    @BeforeEach
    void startBroker() {
        broker = TestBroker.start(folder.resolve("kafka"), 2);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void makesRowsOfRecords() {
        broker.send(property("L1", 1, "\"City\":\"Toronto\""));
        broker.send(media("L1", "M1", 1, ""));
        broker.flush();

        try (Service processor = ProcessorApp.start(broker.environment(folder.resolve("state")))) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    broker.committed(broker.topics().rows()).stream()
                                            .map(record -> new String(record.key(), StandardCharsets.UTF_8)))
                            .contains("L1/properties/L1", "L1/media/M1"));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(processor.health().isReady()).isTrue());
        }
    }

    @Test
    void keepsPoisonAsDeadLetterAndGoesOn() {
        byte[] key = {'L', '/', '1', '/', '2'};
        byte[] value = {(byte) 0xFF, 0};
        broker.send(broker.topics().source(Entity.MEDIA), key, value);
        broker.send(property("L1", 1, ""));
        broker.flush();

        try (Service processor = ProcessorApp.start(broker.environment(folder.resolve("state")))) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(broker.committed(broker.topics().rows())).isNotEmpty());
            assertThat(broker.committed(broker.topics().deadLetters(Stage.PROCESSOR)))
                    .singleElement()
                    .satisfies(letter -> {
                        assertThat(letter.key()).isEqualTo(key);
                        assertThat(letter.value()).isEqualTo(value);
                        assertThat(RecordHeaders.text(letter.headers(), DeadLetter.CODE))
                                .hasValue("unreadable");
                    });
            assertThat(processor.health().live()).allMatch(check -> check.passed());
        }
    }

    @Test
    void refusesTopicsThatContradictTheCatalogue() {
        Map<String, String> environment = broker.environment(folder.resolve("state"));
        environment.put("SYNC_TOPIC_PARTITIONS", "3");

        assertThatThrownBy(() -> ProcessorApp.start(environment).close())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("topic test.rows: expected 3 partitions, found 2");
    }

    @Test
    void runsAndIsNotReadyWhileKafkaIsAway() {
        Map<String, String> environment = new HashMap<>(broker.environment(folder.resolve("state")));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");

        try (Service processor = ProcessorApp.start(environment)) {
            assertThat(processor.health().isReady()).isFalse();
            assertThat(processor.health().live()).allMatch(check -> check.passed());
        }
    }
}
