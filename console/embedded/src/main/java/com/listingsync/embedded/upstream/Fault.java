package com.listingsync.embedded.upstream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** One way in which an upstream goes wrong. */
public sealed interface Fault {
    /** Another answer in place of the right one. */
    record Answer(Reply reply) implements Fault {}

    /** The right headers, half of the body, then the end of the connection. */
    record Truncated() implements Fault {}

    /** The end of the connection, without a byte of an answer. */
    record Dropped() implements Fault {}

    /** The right answer, after this long, or when the server closes. */
    record Slow(Duration delay) implements Fault {}

    static Fault status(int status) {
        return new Answer(
                Reply.json(status, "{\"error\":{\"code\":\"" + status + "\",\"message\":\"Ordered by a test\"}}"));
    }

    /** Too many requests, with one header that says when to come back, such as {@code Retry-After: 3}. */
    static Fault tooMany(String header, String value) {
        return new Answer(new Reply(429, Map.of(header, value), new byte[0]));
    }

    /** A web page with status 200, as a gateway shows during maintenance (facts.md §1). */
    static Fault htmlPage() {
        String page = "<!DOCTYPE html><html><body><h1>We'll be back soon</h1></body></html>";
        return new Answer(Reply.of(200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8)));
    }

    /** Status 200 and a page without rows, as during an outage (facts.md §1). */
    static Fault emptyPage() {
        return new Answer(Reply.json(200, "{\"value\":[]}"));
    }

    static Fault truncated() {
        return new Truncated();
    }

    static Fault dropped() {
        return new Dropped();
    }

    static Fault slow(Duration delay) {
        return new Slow(delay);
    }
}
