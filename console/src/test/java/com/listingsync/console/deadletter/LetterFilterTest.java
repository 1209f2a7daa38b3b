package com.listingsync.console.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.RecordHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LetterFilterTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Letter listing = source(Entity.PROPERTY, "L1/mls", "morning", NOON);
    private final Letter photo = source(Entity.MEDIA, "L1/M1/mls", "evening", NOON.plusSeconds(60));
    private final Letter row = row("media", "L2/media/M2", "evening", NOON.plusSeconds(120));

    @Test
    void everythingIsEverything() {
        assertThat(matching(all -> all)).containsExactly(listing, photo, row);
    }

    @Test
    void entityNamesSourceRecordsAndTheTablesTheyGoTo() {
        assertThat(matching(all -> entities(Set.of("property")))).containsExactly(listing);
        assertThat(matching(all -> entities(Set.of("media")))).containsExactly(photo, row);
        assertThat(matching(all -> entities(Set.of("property", "media")))).hasSize(3);
        assertThat(matching(all -> entities(Set.of("rooms")))).isEmpty();
    }

    @Test
    void runIsTheOneThatFetchedTheRecord() {
        assertThat(matching(all -> runs(Set.of("evening")))).containsExactly(photo, row);
        assertThat(matching(all -> runs(Set.of("night")))).isEmpty();
    }

    @Test
    void timeIsThatOfTheRefusalFromInclusiveToExclusive() {
        Instant minute = NOON.plusSeconds(60);

        assertThat(matching(all -> times(Optional.of(minute), Optional.empty())))
                .containsExactly(photo, row);
        assertThat(matching(all -> times(Optional.empty(), Optional.of(minute))))
                .containsExactly(listing);
        assertThat(matching(all -> times(Optional.of(minute), Optional.of(minute))))
                .isEmpty();
    }

    @Test
    void headersAreAllThereWithJustTheseValues() {
        String code = DeadLetter.CODE;

        assertThat(matching(all -> headers(Map.of(code, "22P02")))).containsExactly(row);
        assertThat(matching(all -> headers(Map.of(code, "22P02", RecordHeaders.RUN, "morning"))))
                .isEmpty();
        assertThat(matching(all -> headers(Map.of(code, "22")))).isEmpty();
        assertThat(matching(all -> headers(Map.of("no-such-header", "22P02")))).isEmpty();
    }

    @Test
    void severalOptionsNarrow() {
        LetterFilter filter = new LetterFilter(
                Set.of(),
                List.of(),
                Set.of(Stage.PROCESSOR),
                Set.of("bad-value"),
                Set.of("media"),
                Set.of("L1"),
                Set.of("mls/media"),
                Set.of("evening"),
                Optional.of(NOON),
                Optional.of(NOON.plusSeconds(100)),
                Map.of(),
                Set.of());

        assertThat(matching(all -> filter)).containsExactly(photo);
    }

    private List<Letter> matching(UnaryOperator<LetterFilter> narrowed) {
        LetterFilter filter = narrowed.apply(LetterFilter.ALL);
        return Stream.of(listing, photo, row).filter(filter::matches).toList();
    }

    private static LetterFilter entities(Set<String> entities) {
        return filter(entities, Set.of(), Optional.empty(), Optional.empty(), Map.of());
    }

    private static LetterFilter runs(Set<String> runs) {
        return filter(Set.of(), runs, Optional.empty(), Optional.empty(), Map.of());
    }

    private static LetterFilter times(Optional<Instant> from, Optional<Instant> to) {
        return filter(Set.of(), Set.of(), from, to, Map.of());
    }

    private static LetterFilter headers(Map<String, String> headers) {
        return filter(Set.of(), Set.of(), Optional.empty(), Optional.empty(), headers);
    }

    private static LetterFilter filter(
            Set<String> entities,
            Set<String> runs,
            Optional<Instant> from,
            Optional<Instant> to,
            Map<String, String> headers) {
        return new LetterFilter(
                Set.of(), List.of(), Set.of(), Set.of(), entities, Set.of(), Set.of(), runs, from, to, headers,
                Set.of());
    }

    private static Letter source(Entity entity, String key, String run, Instant at) {
        Headers original = new org.apache.kafka.common.header.internals.RecordHeaders();
        RecordHeaders.write(
                new SourceEvent(entity, Operation.UPSERT, origin(entity.wireName(), run), 1, "0123456789abcdef"),
                original);
        return letter(Stage.PROCESSOR, "bad-value", key, original, at);
    }

    private static Letter row(String table, String key, String run, Instant at) {
        Headers original = new org.apache.kafka.common.header.internals.RecordHeaders();
        RecordHeaders.write(new RowEvent(table, Operation.UPSERT, 1, Optional.of(origin("media", run))), original);
        return letter(Stage.SINK, "22P02", key, original, at);
    }

    private static Origin origin(String feed, String run) {
        return new Origin("mls", feed, View.IDX, Optional.of(run));
    }

    private static Letter letter(Stage stage, String code, String key, Headers original, Instant at) {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        DeadLetter.of(stage, code, "no", Optional.empty(), at).write(original, headers);
        byte[] bytes = key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new Letter(new ConsumerRecord<>(
                "listings.dead-letters." + stage.wireName(),
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                bytes.length,
                0,
                bytes,
                new byte[0],
                headers,
                Optional.empty()));
    }
}
