package com.listingsync.processor;

import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.event.Entity;
import com.listingsync.common.health.Service;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.processor.topology.TestSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorAppIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte NEWER_FORM = 99;

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
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    broker.committed(broker.topics().deadLetters(Stage.PROCESSOR)))
                            .singleElement()
                            .satisfies(letter -> {
                                assertThat(letter.key()).isEqualTo(key);
                                assertThat(letter.value()).isEqualTo(value);
                                assertThat(RecordHeaders.text(letter.headers(), DeadLetter.CODE))
                                        .hasValue("unreadable");
                            }));
            assertThat(processor.health().live()).allMatch(check -> check.passed());
        }
    }

    @Test
    void makesRowsAgainWhenTheMappingHasChanged() throws Exception {
        Map<String, String> environment = broker.environment(folder.resolve("state"));
        String yaml = Mapping.standardText().replace("city: {from: City}", "city: {from: Town}");
        environment.put(
                "SYNC_MAPPING",
                Files.writeString(folder.resolve("mapping.yaml"), yaml).toString());
        TestSource listing = property("L1", 1, "\"City\":\"Toronto\",\"Town\":\"York\"");
        try (Service before = ProcessorApp.start(broker.environment(folder.resolve("state")))) {
            broker.send(listing);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rows()).hasSize(1));
            assertThat(before.name()).isEqualTo("processor");
        }

        try (Service after = ProcessorApp.start(environment)) {
            broker.send(listing);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rows()).hasSize(2));
            assertThat(after.health().live()).allMatch(check -> check.passed());
        }

        assertThat(rows()).extracting(row -> row.path("city").asText()).containsExactly("Toronto", "York");
        assertThat(rows())
                .extracting(row -> row.path("row_version").asLong())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void stopsAtStateThatANewerReleaseHasWritten() throws Exception {
        Map<String, String> environment = broker.environment(folder.resolve("state"));
        try (Service newer = ProcessorApp.start(environment)) {
            broker.send(property("L1", 1, "\"City\":\"Toronto\""));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rows()).hasSize(1));
            assertThat(newer.name()).isEqualTo("processor");
        }
        broker.rewriteState(value -> value[0] = NEWER_FORM);
        environment.put("SYNC_STATE_DIR", folder.resolve("other-state").toString());
        broker.send(property("L1", 2, "\"City\":\"York\""));

        try (Service older = ProcessorApp.start(environment)) {
            assertThatThrownBy(older::awaitStop)
                    .hasStackTraceContaining("of form 99 and this release reads form")
                    .hasStackTraceContaining(
                            "a newer release has written it; go forward to that one (docs/upgrade.md)");
            assertThat(older.health().live()).anyMatch(check -> !check.passed());
        }
        assertThat(rows()).hasSize(1);
        assertThat(broker.committed(broker.topics().deadLetters(Stage.PROCESSOR)))
                .isEmpty();
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

    private List<JsonNode> rows() {
        return broker.committed(broker.topics().rows()).stream()
                .filter(record ->
                        !RecordHeaders.readRow(record.headers()).table().startsWith("sync_"))
                .map(record -> {
                    try {
                        return Json.MAPPER.readTree(record.value());
                    } catch (IOException e) {
                        throw new AssertionError("a row is JSON", e);
                    }
                })
                .toList();
    }
}
