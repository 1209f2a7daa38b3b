package com.listingsync.console.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.Fate;
import com.listingsync.common.deadletter.LetterId;
import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ContentHash;
import com.listingsync.common.wire.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterIndexTest {

    private static final Topics TOPICS = new Topics("t", 3);
    private static final String LETTERS = "t.dead-letters.sink";
    private static final int LIMIT = 3;

    private final LetterIndex index = new LetterIndex(TOPICS, LIMIT);

    @Test
    void callsALetterOpenThatNobodyHasTouched() {
        assertThat(index.stateOf(letter(0, "L1/properties/L1", 10))).isEqualTo(LetterState.OPEN);
    }

    @ParameterizedTest
    @CsvSource({
        "written, RESOLVED",
        "unchanged, SUPERSEDED",
        "skipped.stale, SUPERSEDED",
        "skipped.superseded, SUPERSEDED",
        "skipped.duplicate, RESOLVED",
        "skipped.filtered, RESOLVED",
        "parked, REPLAYED",
        "refused.22P02, REPLAYED",
        "skipped.shadow, REPLAYED",
        "skipped.cutover, REPLAYED",
    })
    void believesTheStages(String counted, LetterState state) {
        Letter letter = letter(0, "L1/properties/L1", 10);
        fate(new Fate.Replayed(letter.id(), 1, "a", 1));
        fate(new Fate.Became(letter.id(), 1, Tally.of(counted, 1), 2));

        assertThat(index.stateOf(letter)).isEqualTo(state);
    }

    @Test
    void staysWithWhatWasDiscarded() {
        Letter letter = letter(0, "L1/properties/L1", 10);
        fate(new Fate.Became(letter.id(), 1, Tally.of("written", 1), 2));
        fate(new Fate.Discarded(letter.id(), "a", 3));

        assertThat(index.stateOf(letter)).isEqualTo(LetterState.DISCARDED);
    }

    @Test
    void followsARecordThatIsRefusedAgainUntilItIsParked() {
        Letter first = letter(0, "L1/properties/L1", 10);
        Letter second = marked(1, "L1/properties/L1", 11, new ReplayMark(first.id(), 2));
        Letter third = marked(2, "L1/properties/L1", 12, new ReplayMark(second.id(), LIMIT));
        index.letter(first);
        index.letter(second);
        index.letter(third);

        assertThat(index.stateOf(first)).isEqualTo(LetterState.REPLAYED);
        assertThat(index.stateOf(second)).isEqualTo(LetterState.REPLAYED);
        assertThat(index.stateOf(third)).isEqualTo(LetterState.PARKED);
    }

    @Test
    void closesLettersThatANewerRecordOfTheirKeyHasOvertaken() {
        Letter before = letter(0, "L1/properties/L1", 10);
        Letter other = letter(1, "L2/properties/L2", 10);
        Letter after = letter(2, "L1/properties/L1", 40);
        fate(new Fate.Overtaken(TOPICS.rows().name(), "L1/properties/L1", 30, 1));

        assertThat(index.stateOf(before)).isEqualTo(LetterState.SUPERSEDED);
        assertThat(index.stateOf(other)).isEqualTo(LetterState.OPEN);
        assertThat(index.stateOf(after)).isEqualTo(LetterState.OPEN);
    }

    @Test
    void keepsOfSeveralLettersOfOneKeyTheLastOneOpen() {
        Letter first = letter(0, "L1/properties/L1", 10);
        Letter last = letter(1, "L1/properties/L1", 20);
        index.letter(last);
        index.letter(first);

        assertThat(index.stateOf(first)).isEqualTo(LetterState.SUPERSEDED);
        assertThat(index.stateOf(last)).isEqualTo(LetterState.OPEN);
    }

    @Test
    void closesALetterOfASheetOnceItsRowIsMended() {
        Letter letter = sheetRow("{\"city\":\"Oslo\"}");
        Letter other = sheetRow("{\"city\":\"Bergen\"}");
        String row = "no-key/" + ContentHash.of("{\"city\":\"Oslo\"}".getBytes(StandardCharsets.UTF_8));
        fate(new Fate.Overtaken("sheets/Listings", row, 100, 100));

        assertThat(index.stateOf(letter)).isEqualTo(LetterState.SUPERSEDED);
        assertThat(index.stateOf(other)).isEqualTo(LetterState.OPEN);
    }

    @Test
    void remembersAsManyNumbersAsThereAre() {
        NumberIndex numbers = new NumberIndex();
        Random random = new Random(7);
        for (long key = 0; key < 100_000; key++) {
            numbers.merge(key, random.nextInt(100), Math::max);
            numbers.merge(key, key, Math::max);
        }

        assertThat(numbers.size()).isEqualTo(100_000);
        assertThat(numbers.get(0, -1)).isNotEqualTo(-1);
        for (long key = 100; key < 100_000; key++) {
            assertThat(numbers.get(key, -1)).isEqualTo(key);
        }
        assertThat(numbers.get(100_001, -1)).isEqualTo(-1);
    }

    private void fate(Fate fate) {
        index.fate(new ConsumerRecord<>(TOPICS.fates().name(), 0, 0, fate.key(), fate.bytes()));
    }

    private static Letter letter(long offset, String key, long originOffset) {
        return new Letter(
                record(offset, key, originOffset, new org.apache.kafka.common.header.internals.RecordHeaders()));
    }

    private static Letter marked(long offset, String key, long originOffset, ReplayMark mark) {
        Headers original = new org.apache.kafka.common.header.internals.RecordHeaders();
        RecordHeaders.put(original, RecordHeaders.RUN, mark.run());
        return new Letter(record(offset, key, originOffset, original));
    }

    private static Letter sheetRow(String json) {
        Headers original = new org.apache.kafka.common.header.internals.RecordHeaders();
        Origin origin = new Origin("sheets", "Listings", View.NONE, Optional.of("r1"));
        RecordHeaders.write(new SourceEvent(Entity.SHEET, Operation.UPSERT, origin, 0, ""), original);
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        DeadLetter.of(Stage.PRODUCER, "no-key", "no", Optional.empty(), Instant.ofEpochMilli(50))
                .write(original, headers);
        return new Letter(new ConsumerRecord<>(
                "t.dead-letters.producer",
                0,
                0,
                50L,
                TimestampType.CREATE_TIME,
                0,
                0,
                "sheets/Listings/sheets".getBytes(StandardCharsets.UTF_8),
                json.getBytes(StandardCharsets.UTF_8),
                headers,
                Optional.empty()));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String key, long originOffset, Headers original) {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        DeadLetter.of(
                        Stage.SINK,
                        "22P02",
                        "no",
                        Optional.of(new DeadLetter.Position(TOPICS.rows().name(), 0, originOffset)),
                        Instant.ofEpochMilli(1))
                .write(original, headers);
        return new ConsumerRecord<>(
                LETTERS,
                0,
                offset,
                1L,
                TimestampType.CREATE_TIME,
                0,
                0,
                key.getBytes(StandardCharsets.UTF_8),
                new byte[] {'{', '}'},
                headers,
                Optional.empty());
    }

    @Test
    void readsAnIdAsItIsWritten() {
        LetterId id = new LetterId(LETTERS, 2, 41);

        assertThat(LetterId.of(id.toString())).isEqualTo(id);
        assertThat(ReplayMark.of(new ReplayMark(id, 2).run())).contains(new ReplayMark(id, 2));
        assertThat(ReplayMark.of("20261122-080000-aaaa")).isEmpty();
        assertThat(ReplayMark.of("dead-letter/nonsense")).isEmpty();
    }
}
