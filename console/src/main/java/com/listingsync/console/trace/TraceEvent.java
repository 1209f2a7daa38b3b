package com.listingsync.console.trace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import java.util.Optional;

/**
 * One thing that happened.
 *
 * @param at when, in milliseconds since 1970; of a row that is the time of the record it was made of
 * @param stage who did it: {@code producer}, {@code processor}, {@code sink}, {@code operator} or {@code supabase}
 * @param kind stable word: {@code fetched}, {@code deleted}, {@code skipped}, {@code parked}, {@code released}, {@code mapped},
 *     {@code status}, {@code delivered}, {@code waiting}, {@code refused}, {@code replayed}, {@code holds}
 * @param subject what it happened to: an entity and key, or a table and id
 * @param text the same in words
 * @param place the record that tells of it; empty when none does
 */
public record TraceEvent(
        long at, String stage, String kind, String subject, String text, Optional<LogRecord.Place> place) {

    /** {@code at, stage, kind, subject, text, topic, partition, offset}; the last three are null when no record tells of it. */
    public ObjectNode json() {
        return Json.MAPPER
                .createObjectNode()
                .put("at", at)
                .put("stage", stage)
                .put("kind", kind)
                .put("subject", subject)
                .put("text", text)
                .put("topic", place.map(LogRecord.Place::topic).orElse(null))
                .put("partition", place.map(LogRecord.Place::partition).orElse(null))
                .put("offset", place.map(LogRecord.Place::offset).orElse(null));
    }
}
