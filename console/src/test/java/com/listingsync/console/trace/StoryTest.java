package com.listingsync.console.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.signal.Signal;
import com.listingsync.common.signal.Signals;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.console.trace.LogRecord.Place;
import com.listingsync.console.trace.LogRecord.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StoryTest {

    private final List<LogRecord> records = new ArrayList<>();
    private final Map<String, Held> held = new HashMap<>();
    private final Map<TopicPartition, Long> processor = new HashMap<>();
    private final Map<TopicPartition, Long> sink = new HashMap<>();
    private Signals signals = Signals.NONE;
    private List<String> unread = List.of();
    private Optional<String> leftAside = Optional.empty();

    @Test
    void isInStepWhenSupabaseHoldsTheLastRow() {
        fetched("L1/mls", 100, 1, "a");
        row("L1/properties/L1", 100, 7);
        holds("properties/L1", 7);

        Trace trace = story("L1");

        assertThat(trace.verdict().state()).isEqualTo("in-step");
        assertThat(trace.events())
                .extracting(TraceEvent::kind)
                .containsExactly("fetched", "mapped", "delivered", "holds");
    }

    @Test
    void tellsWhyRecordWasSkipped() {
        fetched("L1/mls", 100, 1, "a");
        row("L1/properties/L1", 100, 7);
        fetched("L1/mls", 200, 2, "a");
        fetched("L1/mls", 300, 1, "b");
        holds("properties/L1", 7);

        assertThat(story("L1").events())
                .filteredOn(event -> event.kind().equals("skipped"))
                .extracting(TraceEvent::text)
                .containsExactly(
                        "skipped: duplicate: its content is that of the record before",
                        "skipped: stale: a newer version was there already");
    }

    @Test
    void saysSinceWhenChildWaitsForItsParent() {
        child("L1/M1/mls", 100);

        TraceVerdict verdict = story("M1").verdict();

        assertThat(verdict.state()).isEqualTo("parked");
        assertThat(verdict.words()).startsWith("waiting for its parent L1 since 1970-01-01T00:00:00Z");
    }

    @Test
    void tellsOfParkingAndRelease() {
        child("L1/M1/mls", 100);
        fetched("L1/mls", 500, 1, "a");
        row("L1/properties/L1", 500, 7);
        row("L1/media/M1", 100, 8);
        holds("media/M1", 8);

        Trace trace = story("M1");

        assertThat(trace.events())
                .extracting(TraceEvent::kind)
                .containsExactly("fetched", "parked", "mapped", "delivered", "released", "holds");
        assertThat(trace.verdict().state()).isEqualTo("in-step");
    }

    @Test
    void namesCodeAndColumnOfWhatSupabaseRefused() {
        fetched("L1/mls", 100, 1, "a");
        LogRecord row = row("L1/properties/L1", 100, 7);
        letter(row, "sink", "22P02", "list_price", 2_000);
        holds("properties/L1", 3);

        TraceVerdict verdict = story("L1").verdict();

        assertThat(verdict.state()).isEqualTo("refused");
        assertThat(verdict.words())
                .startsWith("refused by Supabase: 22P02 of column list_price, letter open since 1970-01-01T00:00:02Z");
    }

    @Test
    void namesFieldOfWhatTheMappingRefused() {
        LogRecord record = fetched("L1/mls", 100, 1, "a");
        letter(record, "processor", "bad-value", "list_price", 2_000);

        assertThat(story("L1").verdict().words()).startsWith("refused by the mapping: bad-value of column list_price");
    }

    @Test
    void saysHowFarThePausedSinkIsBehind() {
        fetched("L1/mls", 100, 1, "a");
        row("L1/properties/L1", 100, 7);
        holds("properties/L1", 3);
        sink.put(new TopicPartition("rows", 0), 0L);
        signals = signals.plus(new Signal("sink", true, "ann", "migration", 1_000));

        TraceVerdict verdict = story("L1").verdict();

        assertThat(verdict.state()).isEqualTo("sink-behind");
        assertThat(verdict.words())
                .isEqualTo("Supabase holds an older version: the sink is 100 records behind; the sink is paused since"
                        + " 1970-01-01T00:00:01Z by ann: migration");
    }

    @Test
    void saysThatItIsLeftToAnotherSync() {
        fetched("L1/mls", 100, 1, "a");
        row("L1/properties/L1", 100, 7);
        holds("properties/L1", 3);
        leftAside = Optional.of("its listing is left to an older sync");

        TraceVerdict verdict = story("L1").verdict();

        assertThat(verdict.state()).isEqualTo("left-aside");
        assertThat(verdict.words()).isEqualTo("not written by this sync: its listing is left to an older sync");
    }

    @Test
    void saysHowFarTheProcessorIsBehind() {
        fetched("L1/mls", 100, 1, "a");
        processor.put(new TopicPartition("source.property", 0), 0L);

        assertThat(story("L1").verdict().words()).isEqualTo("waiting for the processor, which is 100 records behind");
    }

    @Test
    void saysThatNobodyReadsItsFeed() {
        fetched("L1/mls", 100, 1, "a");
        row("L1/properties/L1", 100, 7);
        holds("properties/L1", 7);
        unread = List.of("mls");

        TraceVerdict verdict = story("L1").verdict();

        assertThat(verdict.state()).isEqualTo("not-read");
        assertThat(verdict.words())
                .contains("feed mls/property is not read", "no producer that runs has connection mls");
    }

    @Test
    void noticesRowThatIsNewerThanTheLog() {
        fetched("L1/mls", 100, 1, "a");
        row("L1/properties/L1", 100, 7);
        holds("properties/L1", 9);

        assertThat(story("L1").verdict().state()).isEqualTo("newer");
    }

    @Test
    void saysThatNoSourceHasTheKey() {
        assertThat(story("X").verdict().state()).isEqualTo("unknown-key");
    }

    private Trace story(String key) {
        String listing = records.isEmpty() ? key : "L1";
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (String topic : List.of("source.property", "source.media", "rows")) {
            TopicPartition partition = new TopicPartition(topic, 0);
            ends.put(partition, 100L);
            processor.putIfAbsent(partition, 100L);
            sink.putIfAbsent(partition, 100L);
        }
        return Story.of(new Evidence(
                key,
                listing,
                records,
                new Positions(processor, sink, ends),
                held,
                Optional.empty(),
                signals,
                unread,
                leftAside,
                Map.of()));
    }

    private LogRecord fetched(String key, long at, long version, String hash) {
        return record(key, "property", at, version, hash);
    }

    private LogRecord child(String key, long at) {
        return record(key, "media", at, 1, "m");
    }

    private LogRecord record(String key, String entity, long at, long version, String hash) {
        return add(
                Source.RECORDS,
                "source." + entity,
                at,
                key,
                Map.of(
                        RecordHeaders.ENTITY,
                        entity,
                        RecordHeaders.OPERATION,
                        "upsert",
                        RecordHeaders.CONNECTION,
                        "mls",
                        RecordHeaders.FEED,
                        entity,
                        RecordHeaders.SOURCE_VERSION,
                        Long.toString(version),
                        RecordHeaders.CONTENT_HASH,
                        hash));
    }

    private LogRecord row(String key, long at, long version) {
        String feed = key.contains("/media/") ? "media" : "property";
        return add(
                Source.ROWS,
                "rows",
                at,
                key,
                Map.of(
                        RecordHeaders.OPERATION,
                        "upsert",
                        RecordHeaders.CONNECTION,
                        "mls",
                        RecordHeaders.FEED,
                        feed,
                        RecordHeaders.ROW_VERSION,
                        Long.toString(version)));
    }

    private void letter(LogRecord of, String stage, String code, String column, long at) {
        add(
                Source.LETTERS,
                "dead-letters." + stage,
                at,
                of.key(),
                Map.of(
                        DeadLetter.CONNECT_STAGE,
                        stage,
                        DeadLetter.CONNECT_TOPIC,
                        of.place().topic(),
                        DeadLetter.CONNECT_PARTITION,
                        Integer.toString(of.place().partition()),
                        DeadLetter.CONNECT_OFFSET,
                        Long.toString(of.place().offset()),
                        DeadLetter.CODE,
                        code,
                        DeadLetter.COLUMN,
                        column));
    }

    private LogRecord add(Source source, String topic, long at, String key, Map<String, String> headers) {
        LogRecord record =
                new LogRecord(source, new Place(topic, 0, records.size()), at, key, headers, Optional.empty());
        records.add(record);
        return record;
    }

    private void holds(String row, long version) {
        String[] parts = row.split("/");
        held.put(
                row,
                new Held(parts[0], parts[1], Optional.of(version), Optional.of("1970-01-01T01:00:00+00:00"), false));
    }
}
