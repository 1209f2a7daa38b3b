package com.listingsync.embedded.postgrest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal in PostgREST's own form. Immutable.
 *
 * @param status the HTTP status
 * @param code a SQLSTATE or one of PostgREST's own PGRST codes
 * @param details null where PostgREST answers null
 * @param hint null where PostgREST answers null
 * @param challenge the WWW-Authenticate header; null for none
 */
record RestError(
        int status,
        String code,
        String message,
        @Nullable String details,
        @Nullable String hint,
        @Nullable String challenge) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static RestError of(int status, String code, String message) {
        return new RestError(status, code, message, null, null, null);
    }

    RestError withDetails(@Nullable String newDetails) {
        return new RestError(status, code, message, newDetails, hint, challenge);
    }

    RestError withHint(@Nullable String newHint) {
        return new RestError(status, code, message, details, newHint, challenge);
    }

    RestError withChallenge(@Nullable String newChallenge) {
        return new RestError(status, code, message, details, hint, newChallenge);
    }

    RestException toException() {
        return new RestException(this);
    }

    Answer toAnswer() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (status == 503) {
            // Every Retry-After that PostgREST itself sends is 0 (facts.md §3).
            headers.put("Retry-After", "0");
        }
        headers.put("Content-Type", Answer.JSON);
        headers.put("Proxy-Status", "PostgREST; error=" + code);
        if (challenge != null) {
            headers.put("WWW-Authenticate", challenge);
        }
        return new Answer(status, headers, body());
    }

    /** The keys in PostgREST's order. */
    byte[] body() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("code", code);
            json.writeStringField("details", details);
            json.writeStringField("hint", hint);
            json.writeStringField("message", message);
            json.writeEndObject();
        } catch (IOException e) {
            // Memory does not fail to be written to: a bug that must escape.
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
