package com.listingsync.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.wire.Json;
import com.listingsync.console.http.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One word about a call with an {@code Idempotency-Key} on {@code sync.answers}; its record key is the call. Immutable.
 *
 * @param call hash of who calls what with which key
 * @param phase what is said
 * @param token of whoever follows the call; the same in its later notes
 * @param body hash of what the call says
 * @param at when, in milliseconds since 1970
 * @param answer what was answered; null in the other phases
 */
record RepetitionNote(
        String call,
        Phase phase,
        String token,
        String body,
        long at,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Answer answer) {

    /** What is said of a call. */
    enum Phase {
        /** Somebody is about to follow it, if nobody was before. */
        @JsonProperty("begun")
        BEGUN,
        /** It was followed. */
        @JsonProperty("answered")
        ANSWERED,
        /** It was refused, and nothing was done: it may be tried again. */
        @JsonProperty("dropped")
        DROPPED
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param headers beside the length
     * @param text its body
     */
    record Answer(int status, Map<String, String> headers, String text) {
        Answer {
            headers = Map.copyOf(headers);
        }

        static Answer of(Reply.Whole reply) {
            return new Answer(reply.status(), reply.headers(), new String(reply.body(), StandardCharsets.UTF_8));
        }

        Reply.Whole reply() {
            return new Reply.Whole(status, headers, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The next word of the same follower. */
    RepetitionNote then(Phase next, @Nullable Answer said, long now) {
        return new RepetitionNote(call, next, token, body, now, said);
    }

    /** UTF-8 JSON object with the components as fields. */
    byte[] bytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a note of plain values can't be written as JSON", e);
        }
    }

    /**
     * The note in these bytes.
     *
     * @throws IllegalArgumentException when they are none
     */
    static RepetitionNote of(byte[] bytes) {
        try {
            return Json.MAPPER.readValue(bytes, RepetitionNote.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a note about a call: expected an object with call and phase", e);
        }
    }
}
