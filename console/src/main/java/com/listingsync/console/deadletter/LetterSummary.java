package com.listingsync.console.deadletter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.deadletter.DeadLetter.Position;
import com.listingsync.common.deadletter.LetterId;
import com.listingsync.common.wire.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * A dead letter in a list: everything but its payload and its headers.
 *
 * @param id its place
 * @param state how it stands
 * @param family who wrote it
 * @param stage who refused
 * @param code why
 * @param message why, in a sentence
 * @param column the column or field at fault
 * @param httpStatus the answer that refused it
 * @param at when it was refused
 * @param attempts how often the stage tried it
 * @param replays how often its record has been replayed before
 * @param entity kind of a source record
 * @param table table of a row
 * @param listing the listing it belongs to
 * @param child the child, or the row's id
 * @param connection where it was fetched
 * @param feed which feed of it
 * @param run the run that fetched it
 * @param origin where the record stood
 * @param valueBytes size of its value; 0 when it was left out
 */
public record LetterSummary(
        LetterId id,
        LetterState state,
        LetterFamily family,
        String stage,
        String code,
        String message,
        Optional<String> column,
        Optional<Long> httpStatus,
        Instant at,
        long attempts,
        int replays,
        Optional<String> entity,
        Optional<String> table,
        Optional<String> listing,
        Optional<String> child,
        Optional<String> connection,
        Optional<String> feed,
        Optional<String> run,
        Optional<Position> origin,
        int valueBytes) {

    static LetterSummary of(Letter letter, LetterState state) {
        return new LetterSummary(
                letter.id(),
                state,
                letter.family(),
                letter.stage(),
                letter.code(),
                letter.message(),
                letter.column(),
                letter.httpStatus(),
                letter.at(),
                letter.attempts(),
                letter.replays(),
                letter.entity(),
                letter.table(),
                letter.listing(),
                letter.child(),
                letter.connection(),
                letter.feed(),
                letter.run(),
                letter.origin(),
                letter.record().value() == null ? 0 : letter.record().value().length);
    }

    /** The document of {@code dlq list --json} and of the API; what is not known is left out. */
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("id", id.toString())
                .put("state", state.wireName())
                .put("family", family.wireName())
                .put("stage", stage)
                .put("code", code)
                .put("message", message);
        column.ifPresent(name -> json.put("column", name));
        httpStatus.ifPresent(status -> json.put("httpStatus", status));
        json.put("at", at.toString()).put("attempts", attempts).put("replays", replays);
        entity.ifPresent(name -> json.put("entity", name));
        table.ifPresent(name -> json.put("table", name));
        listing.ifPresent(key -> json.put("listing", key));
        child.ifPresent(key -> json.put("child", key));
        connection.ifPresent(name -> json.put("connection", name));
        feed.ifPresent(name -> json.put("feed", name));
        run.ifPresent(name -> json.put("run", name));
        origin.ifPresent(place -> json.putObject("origin")
                .put("topic", place.topic())
                .put("partition", place.partition())
                .put("offset", place.offset()));
        return json.put("valueBytes", valueBytes);
    }
}
