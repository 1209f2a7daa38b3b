package com.listingsync.embedded.postgrest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What browsers ask before and after a request from another origin. Stateless, pure. */
final class Cors {
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

    private Cors() {}

    /** The answer to a preflight, given before any token is looked at; empty if the request is none. */
    static Optional<Answer> preflight(RestRequest request) {
        boolean asks = request.method().equals("OPTIONS")
                && request.header("Origin").isPresent()
                && request.header("Access-Control-Request-Method").isPresent();
        if (!asks) {
            return Optional.empty();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ALLOW_ORIGIN, "*");
        headers.put("Access-Control-Allow-Methods", "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD");
        headers.put("Access-Control-Max-Age", "86400");
        request.header("Access-Control-Request-Headers")
                .ifPresent(asked -> headers.put("Access-Control-Allow-Headers", asked));
        return Optional.of(new Answer(200, headers, Answer.EMPTY));
    }

    /** The same answer, open to the origin that asked. */
    static Answer opened(RestRequest request, Answer answer) {
        if (request.header("Origin").isEmpty() || answer.headers().containsKey(ALLOW_ORIGIN)) {
            return answer;
        }
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.put(ALLOW_ORIGIN, "*");
        headers.put(
                "Access-Control-Expose-Headers",
                "Content-Location, Content-Range, Content-Type, Date, Location, Server");
        return new Answer(answer.status(), headers, answer.body());
    }
}
