package com.listingsync.sink.deliver;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What came back for one request, as far as it decides anything.
 *
 * @param status HTTP status
 * @param code the body's {@code code}: an SQLSTATE, {@code PGRST…}, or empty text when the body says {@code "code":""};
 *     empty when the body has none, or is not PostgREST's
 * @param message the body's {@code message}; may hold values of rows, so it goes nowhere unscrubbed. Empty text when none
 * @param html whether the body is a web page
 * @param written rows written, of Content-Range; empty when the answer does not count
 * @param writtenIds ids of the rows written; empty when they were not asked for
 * @param retryAfter how long the server asks to be left alone; empty when it does not say, or says 0
 */
record Answer(
        int status,
        Optional<String> code,
        String message,
        boolean html,
        OptionalInt written,
        Optional<Set<String>> writtenIds,
        Optional<Duration> retryAfter) {

    Answer {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(written, "written");
        writtenIds = writtenIds.map(Set::copyOf);
        retryAfter = retryAfter.filter(wait -> !wait.isZero() && !wait.isNegative());
    }

    /** An answer of the 2xx kind. */
    boolean success() {
        return status / 100 == 2;
    }
}
