package com.listingsync.console.deadletter;

import static com.listingsync.console.deadletter.LettersStack.eventually;
import static com.listingsync.console.deadletter.LettersStack.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.console.command.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a refused record ends well, or for good: mended, overtaken by its source, refused too often, discarded. */
abstract class HealedLettersSpec {

    private final LettersStack stack;
    private final Path temporary;

    HealedLettersSpec(LettersStack stack, Path temporary) {
        this.stack = stack;
        this.temporary = temporary;
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
}
