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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters from the damage to the empty list, with real services around them; each test has a listing of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLettersIT {

    @TempDir
    static Path temporary;

    private LettersStack stack;

    @BeforeAll
    void start() throws IOException {
        stack = LettersStack.start(temporary);
        stack.execute("alter table properties add constraint small_price check (list_price < 900000000)");
        stack.execute("notify pgrst, 'reload schema'");
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @Test
    void healsAWrongTypeByAnEditThatIsReplayed() {
        stack.listing("A1", 1, "\"ListPrice\":\"ask\",\"City\":\"Oslo\"");
        JsonNode letter = stack.awaitLetter("A1", "open");
        String id = letter.path("id").asText();

        CommandLineRun explained =
                stack.call("dlq", "explain", letter.path("code").asText());
        CommandLineRun shown = stack.call("dlq", "show", id);
        CommandLineRun replayed = stack.call(
                "dlq", "replay", id, "--patch", "{\"ListPrice\": 1250000}", "--yes", "--why", "price asked for");

        assertThat(letter.path("code").asText()).isEqualTo("bad-value");
        assertThat(letter.path("run").asText()).isEqualTo(LettersStack.RUN);
        assertThat(explained.out()).contains("meaning   A value does not fit", "--patch");
        assertThat(shown.out())
                .contains(
                        "state     open",
                        "listings.source.property, partition",
                        "\"ListPrice\" : \"ask\"",
                        "list_price");
        assertThat(replayed.exitCode()).isZero();
        assertThat(replayed.out()).contains("replayed 1 letter to listings.source.property");
        eventually(() -> assertThat(stack.value("select list_price from properties where listing_key = 'A1'"))
                .isEqualTo("1250000"));
        stack.awaitLetter("A1", "resolved");
        assertThat(stack.list("A1")).isEmpty();
    }

    @Test
    void healsARowThatTheDatabaseRefusedOnceItsTableIsMended() {
        stack.listing("B1", 1, "\"ListPrice\":950000000");
        JsonNode letter = stack.awaitLetter("B1", "open");
        stack.execute("alter table properties drop constraint small_price");

        CommandLineRun replayed = stack.call("dlq", "replay", "--keys", "B1", "--stage", "sink", "--yes", "--json");

        assertThat(letter.path("code").asText()).isEqualTo("23514");
        assertThat(letter.path("stage").asText()).isEqualTo("sink");
        assertThat(json(replayed.out()).at("/topics/listings.rows").asInt()).isEqualTo(1);
        eventually(() -> assertThat(stack.value("select list_price from properties where listing_key = 'B1'"))
                .isEqualTo("950000000"));
        stack.awaitLetter("B1", "resolved");
        assertThat(stack.list("B1")).isEmpty();
        stack.execute("delete from properties where list_price >= 900000000");
        stack.execute("alter table properties add constraint small_price check (list_price < 900000000)");
    }

    @Test
    void countsUpWhatIsRefusedAgainAndParksItAtTheLimit() {
        stack.listing("C1", 1, "\"ListPrice\":\"ask\"");
        stack.awaitLetter("C1", "open");

        stack.call("dlq", "replay", "--keys", "C1", "--yes");
        eventually(() -> assertThat(stack.list("C1")).singleElement().satisfies(again -> {
            assertThat(again.path("replays").asInt()).isEqualTo(1);
            assertThat(again.path("run").asText()).isEqualTo(LettersStack.RUN);
        }));
        stack.call("dlq", "replay", "--keys", "C1", "--yes");
        JsonNode parked = stack.awaitLetter("C1", "parked");
        CommandLineRun more = stack.call("dlq", "replay", "--keys", "C1", "--yes", "--json");

        assertThat(parked.path("replays").asInt()).isEqualTo(2);
        assertThat(json(more.out()).path("replayed").asInt()).isZero();
        assertThat(stack.list("C1", "--state", "replayed")).hasSize(2);
    }

    @Test
    void closesALetterWhenItsSourceHealsTheRecord() {
        stack.listing("D1", 1, "\"ListPrice\":\"ask\"");
        stack.awaitLetter("D1", "open");

        stack.listing("D1", 2, "\"ListPrice\":100");

        stack.awaitLetter("D1", "superseded");
        assertThat(stack.list("D1")).isEmpty();
    }

    @Test
    void closesARefusedRowWhenANewerOneIsDelivered() {
        stack.listing("E1", 1, "\"ListPrice\":950000000");
        stack.awaitLetter("E1", "open");

        stack.listing("E1", 2, "\"ListPrice\":100");

        stack.awaitLetter("E1", "superseded");
        assertThat(stack.list("E1")).isEmpty();
    }

    @Test
    void neverPutsAnOlderRecordBehindANewerOne() {
        stack.listing("F1", 1, "\"ListPrice\":\"ask\"");
        JsonNode letter = stack.awaitLetter("F1", "open");
        stack.listing("F1", 2, "\"ListPrice\":200");
        eventually(() -> assertThat(stack.value("select list_price from properties where listing_key = 'F1'"))
                .isEqualTo("200"));

        CommandLineRun run = stack.call(
                "dlq", "replay", letter.path("id").asText(), "--patch", "{\"ListPrice\": 1}", "--yes", "--json");

        assertThat(json(run.out()).path("replayed").asInt()).isZero();
        assertThat(json(run.out()).path("superseded").asInt()).isEqualTo(1);
        assertThat(stack.value("select list_price from properties where listing_key = 'F1'"))
                .isEqualTo("200");
    }

    @Test
    void discardsWithAReasonThatStaysOnTheAuditTrail() {
        stack.listing("G1", 1, "\"ListPrice\":\"ask\"");
        stack.awaitLetter("G1", "open");

        CommandLineRun unasked = stack.call("dlq", "discard", "--keys", "G1", "--why", "test data");
        CommandLineRun done = stack.call("dlq", "discard", "--keys", "G1", "--why", "test data", "--yes");

        assertThat(unasked.exitCode()).isEqualTo(2);
        assertThat(unasked.err()).contains("--yes");
        assertThat(done.out()).contains("discarded 1 letter");
        stack.awaitLetter("G1", "discarded");
        assertThat(stack.list("G1")).isEmpty();
        JsonNode entry = json(stack.call("audit", "--last", "200", "--json").out());
        assertThat(entry).anySatisfy(action -> {
            assertThat(action.path("action").asText()).isEqualTo("dlq discard");
            assertThat(action.path("who").asText()).isEqualTo("ann@desk");
            assertThat(action.path("why").asText()).isEqualTo("test data");
            assertThat(action.path("selection").asText()).contains("--key G1");
            assertThat(action.at("/counts/discarded").asInt()).isEqualTo(1);
            assertThat(action.path("phase").asText()).isEqualTo("ended");
        });
    }

    @Test
    void goesOnAfterAReplayThatWasKilledHalfWay() {
        stack.listing("H1", 1, "\"ListPrice\":\"ask\"");
        JsonNode letter = stack.awaitLetter("H1", "open");
        // What a killed process leaves: its transaction is open, and nothing of it may ever be seen.
        Producer<byte[], byte[]> killed = stack.access().transactional("dead-letters");
        killed.initTransactions();
        killed.beginTransaction();
        var unused = killed.send(new ProducerRecord<>(
                stack.topics().source(Entity.PROPERTY).name(),
                SourceKey.ofListing("H1", "mls").bytes(),
                "{}".getBytes(StandardCharsets.UTF_8)));
        killed.flush();

        CommandLineRun first = stack.call(
                "dlq", "replay", letter.path("id").asText(), "--patch", "{\"ListPrice\": 5}", "--yes", "--json");
        stack.awaitLetter("H1", "resolved");
        CommandLineRun second = stack.call("dlq", "replay", "--keys", "H1", "--yes", "--json");
        killed.close(java.time.Duration.ZERO);

        assertThat(json(first.out()).path("replayed").asInt()).isEqualTo(1);
        assertThat(json(second.out()).path("replayed").asInt()).isZero();
        assertThat(stack.list("H1", "--state", "all")).hasSize(1);
        assertThat(stack.value("select list_price from properties where listing_key = 'H1'"))
                .isEqualTo("5");
    }

    @Test
    void repeatsNothingWhenAReplayIsKilledInItsMiddleAndRunAgain() throws Exception {
        int letters = 60;
        for (int i = 0; i < letters; i++) {
            stack.listing("KILL" + i, 1, "\"ListPrice\":\"ask\",\"City\":\"Killed\"");
        }
        String keys = IntStream.range(0, letters).mapToObj(i -> "KILL" + i).collect(Collectors.joining(","));
        eventually(() -> assertThat(stack.list(keys, "--max", "100")).hasSize(letters));
        String[] replay = {
            "dlq", "replay", "--keys", keys, "--patch", "{\"ListPrice\": 7}", "--rate", "10", "--yes", "--why", "killed"
        };

        Process process = stack.process(replay);
        eventually(() -> assertThat(arrived()).isGreaterThan(5));
        process.destroyForcibly().waitFor();
        int atKill = arrived();
        replay[7] = "1000";
        CommandLineRun again = stack.call(replay);

        assertThat(atKill).isLessThan(letters);
        assertThat(again.exitCode()).as(again.err()).isZero();
        eventually(() -> assertThat(arrived()).isEqualTo(letters));
        eventually(() -> assertThat(stack.list(keys, "--max", "100", "--state", "resolved"))
                .hasSize(letters));
        assertThat(marked("KILL")).hasSize(letters).doesNotHaveDuplicates();
    }

    @Test
    void keepsToTheRateThatIsAskedFor() {
        for (int i = 0; i < 10; i++) {
            stack.listing("SLOW" + i, 1, "\"ListPrice\":\"ask\"");
        }
        String keys = IntStream.range(0, 10).mapToObj(i -> "SLOW" + i).collect(Collectors.joining(","));
        eventually(() -> assertThat(stack.list(keys)).hasSize(10));
        long begun = System.nanoTime();

        stack.call("dlq", "replay", "--keys", keys, "--patch", "{\"ListPrice\": 7}", "--rate", "5", "--yes");

        // The first goes at once, nine more at five a second.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1_500));
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

    @Test
    void opensAnEditorAndSendsWhatItLeaves() throws IOException {
        stack.listing("L1", 1, "\"ListPrice\":\"ask\"");
        JsonNode letter = stack.awaitLetter("L1", "open");
        Path editor = Files.writeString(temporary.resolve("editor.sh"), "sed -i 's/\"ask\"/42/' \"$1\"\n");

        CommandLineRun run = stack.callWith(
                Map.of("EDITOR", "sh " + editor),
                "dlq",
                "edit",
                letter.path("id").asText(),
                "--yes");

        assertThat(run.exitCode()).isZero();
        eventually(() -> assertThat(stack.value("select list_price from properties where listing_key = 'L1'"))
                .isEqualTo("42"));
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

    private int arrived() {
        return Integer.parseInt(
                stack.value("select count(*) from properties where city = 'Killed' and list_price = 7"));
    }

    /** The keys of records on the listings' source topic that were replayed, each as often as it was. */
    private List<String> marked(String prefix) {
        List<String> keys = new ArrayList<>();
        try (LetterScan scan = new LetterScan(stack.access())) {
            scan.each(List.of(stack.topics().source(Entity.PROPERTY).name()), Optional.empty(), count -> {}, record -> {
                String key = new String(record.key(), StandardCharsets.UTF_8);
                if (key.startsWith(prefix) && ReplayMark.of(record.headers()).isPresent()) {
                    keys.add(key);
                }
                return true;
            });
        }
        return keys;
    }
}
