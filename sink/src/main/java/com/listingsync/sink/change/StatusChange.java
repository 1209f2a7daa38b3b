package com.listingsync.sink.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change of a listing's status. Fields that we do not know are left alone: a newer processor may tell more.
 *
 * @param listing key of the listing
 * @param from the word before
 * @param to the word now
 * @param changedAt when the source says it changed; empty when it does not say, or without a time of day and zone
 * @param seenAt when Listing Sync saw it
 * @param connection the connection that supplied the record
 * @param action what follows, in the processor's words: unpublish, relisted, restored, none
 */
public record StatusChange(
        String listing,
        String from,
        String to,
        Optional<Instant> changedAt,
        Instant seenAt,
        String connection,
        String action) {

    /** The action that takes posts down. */
    public static final String UNPUBLISH = "unpublish";

    public StatusChange {
        Objects.requireNonNull(changedAt, "changedAt");
        Objects.requireNonNull(seenAt, "seenAt");
    }

    /**
     * The change in these bytes.
     *
     * @throws IllegalArgumentException when they are not one; the message holds no value of the record
     */
    public static StatusChange of(byte @Nullable [] value) {
        JsonNode node = parsed(value);
        return new StatusChange(
                need(node, "listing"),
                node.path("from").asText(""),
                need(node, "to"),
                moment(node.path("changedAt").asText("")),
                moment(need(node, "seenAt"))
                        .orElseThrow(() -> new IllegalArgumentException("a status change's seenAt is not a time")),
                node.path("connection").asText(""),
                need(node, "action"));
    }

    /** The listing of the change in these bytes; empty when they are not one. */
    public static Optional<String> listingOf(byte @Nullable [] value) {
        try {
            return Optional.of(of(value).listing());
        } catch (IllegalArgumentException e) {
            // Whoever follows it says what is wrong with it.
            return Optional.empty();
        }
    }

    /** Whether the listing's posts are to be taken down. */
    public boolean unpublishes() {
        return action.equals(UNPUBLISH);
    }

    /**
     * When the listing changed: as the source says, else when we saw it. Never later than that, so that a source's clock that
     * is ahead does not reach posts that were made after we knew.
     */
    public Instant at() {
        return changedAt.filter(at -> at.isBefore(seenAt)).orElse(seenAt);
    }

    /** A time with a zone; empty for a date alone and for a time that could be of any zone. */
    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            // Sources print many things in this field; what can't be compared counts as not said.
            return Optional.empty();
        }
    }

    private static JsonNode parsed(byte @Nullable [] value) {
        try {
            JsonNode node = value == null ? null : Json.MAPPER.readTree(value);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            // Falls through to the one message: the parser's own quotes the record.
        }
        throw new IllegalArgumentException("a status change is a JSON object");
    }

    private static String need(JsonNode node, String field) {
        String text = node.path(field).asText("");
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a status change needs '" + field + "'");
        }
        return text;
    }
}
