package com.listingsync.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A request that is not followed, with what its sender should know: status, title, detail (RFC 9457). */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "The request can't be understood"),
            Map.entry(401, "A key is needed"),
            Map.entry(403, "Not allowed"),
            Map.entry(404, "Not found"),
            Map.entry(405, "Not done here"),
            Map.entry(409, "In conflict with how things are"),
            Map.entry(413, "Too much at once"),
            Map.entry(414, "The address is too long"),
            Map.entry(415, "Not the kind of content expected"),
            Map.entry(422, "The request can't be followed"),
            Map.entry(429, "Too many attempts"),
            Map.entry(431, "The headers are too long"),
            Map.entry(500, "Our own failure"),
            Map.entry(503, "Not now"));

    private final int status;
    private final transient List<String> errors;
    private final transient Map<String, String> headers;

    private Problem(int status, String detail, List<String> errors, Map<String, String> headers) {
        super(detail);
        this.status = status;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
    }

    /** A problem in one sentence. */
    public static Problem of(int status, String detail) {
        return new Problem(status, detail, List.of(), Map.of());
    }

    /** A request whose parts are wrong, a sentence each. */
    public static Problem invalid(List<String> errors) {
        return new Problem(400, String.join("; ", errors), errors, Map.of());
    }

    /** The same with a header of the answer. */
    public Problem with(String name, String value) {
        return new Problem(status, detail(), errors, Map.of(name, value));
    }

    public int status() {
        return status;
    }

    /** The sentence. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** As problem+json. */
    public Reply.Whole reply() {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("type", "about:blank")
                .put("title", TITLES.getOrDefault(status, "Not followed"))
                .put("status", status)
                .put("detail", detail());
        if (!errors.isEmpty()) {
            errors.forEach(json.putArray("errors")::add);
        }
        Reply.Whole reply = new Reply.Whole(
                status,
                Map.of("content-type", "application/problem+json", "cache-control", "no-store"),
                (json + "\n").getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, String> header : headers.entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        // An answer, not a failure of ours: where it was made is of no use.
        return this;
    }
}
