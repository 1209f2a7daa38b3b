package com.listingsync.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a request is answered with. Immutable. */
public sealed interface Reply {

    /** Calls the function made for this case. */
    <T> T fold(Function<Whole, T> whole, Function<Stream, T> stream);

    /**
     * An answer that is there.
     *
     * @param status HTTP status
     * @param headers beside the length, the content type among them
     * @param body what is sent; nobody writes into it
     */
    record Whole(int status, Map<String, String> headers, byte[] body) implements Reply {
        public Whole {
            headers = Map.copyOf(headers);
        }

        /** The same with one more header. */
        public Whole with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Whole(status, more, body);
        }

        @Override
        public <T> T fold(Function<Whole, T> whole, Function<Stream, T> stream) {
            return whole.apply(this);
        }
    }

    /**
     * An answer that goes on; it ends when its outlet is closed.
     *
     * @param contentType of what is written
     * @param opened told the outlet when the head of the answer is sent, on any thread
     */
    record Stream(String contentType, Consumer<Outlet> opened) implements Reply {
        @Override
        public <T> T fold(Function<Whole, T> whole, Function<Stream, T> stream) {
            return stream.apply(this);
        }
    }

    /** JSON. */
    static Whole json(int status, JsonNode body) {
        return new Whole(
                status,
                Map.of("content-type", "application/json", "cache-control", "no-store"),
                (body + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** JSON with status 200. */
    static Whole json(JsonNode body) {
        return json(200, body);
    }
}
