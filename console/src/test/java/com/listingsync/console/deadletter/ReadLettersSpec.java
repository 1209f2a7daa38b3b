package com.listingsync.console.deadletter;

import static com.listingsync.console.deadletter.LettersStack.eventually;
import static com.listingsync.console.deadletter.LettersStack.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.console.command.CommandLineRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

/** Letters of every stage, of Connect and of Streams: read, counted, exported, given what they lack. */
abstract class ReadLettersSpec {

    private final LettersStack stack;
    private final Path temporary;

    ReadLettersSpec(LettersStack stack, Path temporary) {
        this.stack = stack;
        this.temporary = temporary;
    }

    @Test
    void giveAProducersLetterItsKeyAndItGoesOn() {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        Origin origin = new Origin("mls", "property", View.IDX, Optional.of(LettersStack.RUN));
        RecordHeaders.write(new SourceEvent(Entity.PROPERTY, Operation.UPSERT, origin, 0, ""), headers);
        Headers letter = new org.apache.kafka.common.header.internals.RecordHeaders();
        DeadLetter.of(Stage.PRODUCER, "no-key", "the record has no key", Optional.empty(), Instant.now())
                .write(headers, letter);
        stack.send(new ProducerRecord<>(
                stack.topics().deadLetters(Stage.PRODUCER).name(),
                0,
                SourceKey.ofChild("mls", "property", "mls").bytes(),
                "{\"ListPrice\":7,\"ModificationTimestamp\":\"2026-11-20T10:00:00Z\"}".getBytes(StandardCharsets.UTF_8),
                letter));
        CommandLineRun asItIs = stack.call("dlq", "replay", "producer/0/0", "--yes");
        CommandLineRun corrected =
                stack.call("dlq", "edit", "producer/0/0", "--patch", "{\"ListingKey\":\"J1\"}", "--yes");

        assertThat(asItIs.exitCode()).isEqualTo(1);
        assertThat(asItIs.out()).contains("would be refused again as it is (no-key)");
        assertThat(corrected.exitCode()).isZero();
        eventually(() -> assertThat(stack.value("select list_price from properties where listing_key = 'J1'"))
                .isEqualTo("7"));
        eventually(() -> assertThat(stack.letters()
                        .show(com.listingsync.common.deadletter.LetterId.of("listings.dead-letters.producer/0/0"))
                        .orElseThrow()
                        .summary()
                        .state())
                .isEqualTo(LetterState.RESOLVED));
    }

    @Test
    void readsAndReplaysLettersOfConnectAndOfStreams() {
        stack.foreignTopic("orders");
        stack.foreignTopic("connect-errors");
        Map<String, String> connect = Map.of(
                "__connect.errors.topic", "orders",
                "__connect.errors.partition", "0",
                "__connect.errors.offset", "12",
                "__connect.errors.connector.name", "supabase",
                "__connect.errors.stage", "VALUE_CONVERTER",
                "__connect.errors.exception.class.name", "org.apache.kafka.connect.errors.DataException",
                "__connect.errors.exception.message", "Converting byte[] to Kafka Connect data failed");
        Map<String, String> streams = Map.of(
                "__streams.errors.exception", "org.apache.kafka.common.errors.SerializationException",
                "__streams.errors.message", "no such schema",
                "__streams.errors.stacktrace", "at …",
                "__streams.errors.topic", "orders",
                "__streams.errors.partition", "0",
                "__streams.errors.offset", "13");
        stack.send(foreign("k1", connect));
        stack.send(foreign("k2", streams));

        CommandLineRun listed = stack.call("dlq", "list", "--topic", "connect-errors");
        CommandLineRun replayed = stack.call("dlq", "replay", "--topic", "connect-errors", "--yes", "--json");
        CommandLineRun after = stack.call("dlq", "list", "--topic", "connect-errors");

        assertThat(listed.out()).contains("VALUE_CONVERTER", "DataException", "streams", "SerializationException");
        assertThat(json(replayed.out()).at("/topics/orders").asInt()).isEqualTo(2);
        assertThat(after.out()).contains("no dead letters");
        try (LetterScan scan = new LetterScan(stack.access())) {
            scan.each(List.of("orders"), Optional.empty(), count -> {}, record -> {
                assertThat(ReplayMark.of(record.headers())).isPresent();
                assertThat(record.headers().toArray())
                        .noneMatch(header -> header.key().contains("errors"));
                return true;
            });
        }
    }

    @Test
    void exportsBytesAndNoSecrets() throws IOException {
        stack.foreignTopic("spring-errors");
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        RecordHeaders.put(headers, "Authorization", "Bearer planted-secret");
        RecordHeaders.put(headers, "kafka_dlt-original-topic", "orders");
        RecordHeaders.put(headers, "kafka_dlt-exception-fqcn", "java.lang.IllegalStateException");
        stack.send(new ProducerRecord<>("spring-errors", 0, (byte[]) null, new byte[] {(byte) 0xff, 1}, headers));
        Path file = temporary.resolve("letters.jsonl");

        CommandLineRun run = stack.call("dlq", "export", "--topic", "spring-errors", "--out", file.toString());
        CommandLineRun again = stack.call("dlq", "export", "--topic", "spring-errors", "--out", file.toString());

        String text = Files.readString(file);
        JsonNode line = json(text);
        assertThat(run.exitCode()).isZero();
        assertThat(line.path("valueBase64").asText()).isEqualTo("/wE=");
        assertThat(line.path("family").asText()).isEqualTo("spring");
        assertThat(text).doesNotContain("planted-secret").doesNotContain("Authorization");
        assertThat(stack.call("dlq", "show", "spring-errors/0/0").out()).doesNotContain("planted-secret");
        assertThat(again.exitCode()).isEqualTo(1);
    }

    @Test
    void countsByCauseWithFirstAndLast() {
        stack.listing("K1", 1, "\"ListPrice\":\"ask\"");
        stack.awaitLetter("K1", "open");

        CommandLineRun people = stack.call("dlq", "stats", "--keys", "K1");
        JsonNode stats =
                json(stack.call("dlq", "stats", "--keys", "K1", "--json").out());

        assertThat(people.out()).contains("bad-value", "first", "last", "A value does not fit");
        assertThat(stats.at("/states/open").asInt()).isEqualTo(1);
        assertThat(stats.at("/causes/0/code").asText()).isEqualTo("bad-value");
        assertThat(stats.at("/causes/0/first")).isEqualTo(stats.at("/causes/0/last"));
    }

    private static ProducerRecord<byte[], byte[]> foreign(String key, Map<String, String> about) {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        about.forEach((name, value) -> RecordHeaders.put(headers, name, value));
        return new ProducerRecord<>(
                "connect-errors",
                null,
                key.getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8),
                headers);
    }
}
