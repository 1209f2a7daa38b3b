package com.listingsync.console.deadletter;

import static com.listingsync.console.deadletter.LettersStack.eventually;
import static com.listingsync.console.deadletter.LettersStack.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.event.Entity;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.console.command.CommandLineRun;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Replays of many letters: killed, run again, and held to a rate. */
abstract class ReplayedLettersSpec {

    private final LettersStack stack;

    ReplayedLettersSpec(LettersStack stack) {
        this.stack = stack;
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
