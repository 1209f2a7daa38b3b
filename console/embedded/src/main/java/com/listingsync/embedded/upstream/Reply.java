package com.listingsync.embedded.upstream;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP answer.
 *
 * @param body as it is before any compression
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Reply(int status, Map<String, String> headers, byte[] body) {
    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of("Content-Type", contentType), body);
    }

    public static Reply json(int status, String body) {
        return of(status, "application/json; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }
}
