package com.listingsync.embedded.upstream;

import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request that was received whole.
 *
 * @param path percent-encoded, beginning with a slash
 * @param query percent-encoded, without the question mark; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Request(String method, String path, String query, Headers headers, byte[] body) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    /** The token of {@code Authorization: Bearer …}. */
    public Optional<String> bearerToken() {
        return header("Authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).trim());
    }

    /** The query's parameters, decoded, each with all its values in order. */
    public Map<String, List<String>> parameters() {
        return parsed(query);
    }

    /** The parameters of a form body, decoded. */
    public Map<String, List<String>> form() {
        return parsed(new String(body, StandardCharsets.UTF_8));
    }

    /** The first value of that name. */
    public static Optional<String> first(Map<String, List<String>> parameters, String name) {
        return Optional.ofNullable(parameters.get(name)).map(values -> values.get(0));
    }

    private static Map<String, List<String>> parsed(String text) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String part : text.split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = decoded(equals < 0 ? part : part.substring(0, equals));
                String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
                parameters.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A broken escape is taken literally; the endpoint refuses what it does not know.
            return text;
        }
    }
}
