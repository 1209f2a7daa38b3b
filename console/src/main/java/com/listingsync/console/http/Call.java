package com.listingsync.console.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request, read whole. Immutable; nobody writes into the body.
 *
 * @param method in capitals
 * @param path decoded, beginning with a slash
 * @param query decoded parameters, in their order
 * @param headers by lower-case name; several of a name joined by a comma
 * @param remoteAddress the address at the other end of the connection, which may be a proxy's
 * @param body at most the server's limit; empty when there is none
 */
public record Call(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        String remoteAddress,
        byte[] body) {

    public Call {
        query = Map.copyOf(query);
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + ", " + b));
        headers = Map.copyOf(lower);
    }

    /** A header's value; the name in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The token of an {@code Authorization: Bearer} header; empty when there is none. */
    public Optional<String> bearer() {
        return header("authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip());
    }

    /** Whether something is asked for that may change anything. */
    public boolean mayChange() {
        return !method.equals("GET") && !method.equals("HEAD");
    }
}
