package com.listingsync.embedded.postgrest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rows of a request's body: UTF-8 JSON that PostgreSQL will parse, and the columns it is to take from it. Immutable by convention.
 *
 * @param json an object or an array of objects, as the client sent it
 * @param columns the columns to write, sorted so that equal requests make equal statements
 */
@SuppressWarnings("ArrayRecordComponent") // Hundreds of kilobytes, handed through and never compared.
record Payload(byte[] json, SortedSet<String> columns) {
    private static final byte[] NO_ROWS = "[]".getBytes(StandardCharsets.UTF_8);
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);

    /**
     * The payload of a write. With {@code columns=} a JSON body is not looked at here, which is what makes it fast.
     *
     * @param contentType the media type without parameters
     * @param columns the value of {@code columns=}, if any
     */
    static Payload ofRows(byte[] body, String contentType, Optional<List<String>> columns) {
        return switch (contentType) {
            case "application/json" ->
                columns.map(names -> new Payload(body, new TreeSet<>(names))).orElseGet(() -> parsed(body));
            case "text/csv" -> parsed(CsvBody.toJson(body));
            default -> throw Refusals.invalidBody("Content-Type not acceptable: " + contentType);
        };
    }

    /** The named arguments of a function; an empty body is an empty object. */
    static Payload ofArguments(byte[] body, String contentType) {
        return ofRows(
                body.length == 0 && contentType.equals("application/json") ? EMPTY_OBJECT : body,
                contentType,
                Optional.empty());
    }

    /** Whether it is one object rather than an array, judged by the first significant byte as PostgREST does. */
    boolean isObject() {
        for (byte b : json) {
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return b == '{';
            }
        }
        return false;
    }

    private static Payload parsed(byte[] body) {
        Optional<SortedSet<String>> keys = JsonKeys.of(body);
        // A scalar or an empty array is no rows at all (postgrest-wire.md case 44).
        return keys.map(k -> new Payload(body, k)).orElseGet(() -> new Payload(NO_ROWS, new TreeSet<>()));
    }
}
