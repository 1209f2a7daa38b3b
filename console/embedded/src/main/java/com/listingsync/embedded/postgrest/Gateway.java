package com.listingsync.embedded.postgrest;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What a hosted project has in front of PostgREST: the prefix {@code /rest/v1}, and the {@code apikey} that every request there needs.
 * Without the prefix a request reaches PostgREST directly. Immutable, thread-safe.
 */
final class Gateway {
    private static final String PREFIX = "/rest/v1";

    private final Tokens tokens;

    Gateway(Tokens tokens) {
        this.tokens = tokens;
    }

    /** The request as PostgREST gets it. */
    RestRequest behind(RestRequest request) {
        if (!isInFront(request)) {
            return request;
        }
        String path = request.path().substring(PREFIX.length());
        return new RestRequest(
                request.method(), path.isEmpty() ? "/" : path, request.query(), request.headers(), request.body());
    }

    /** The gateway's own refusal, in its own words; empty if the request may pass. */
    Optional<Answer> refusal(RestRequest request) {
        if (!isInFront(request) || request.method().equals("OPTIONS")) {
            return Optional.empty();
        }
        Optional<String> key = request.header("apikey");
        if (key.isEmpty()) {
            return Optional.of(
                    refused(
                            "{\"message\":\"No API key found in request\",\"hint\":\"No `apikey` request header or url param was found.\"}"));
        }
        try {
            Caller ignored = tokens.callerOf(Optional.of("Bearer " + key.get()));
            return Optional.empty();
        } catch (RestException e) {
            // Not a key of this project: nothing reaches PostgREST.
            return Optional.of(
                    refused(
                            "{\"message\":\"Invalid API key\",\"hint\":\"Double check your Supabase `anon` or `service_role` API key.\"}"));
        }
    }

    private static boolean isInFront(RestRequest request) {
        return request.path().equals(PREFIX) || request.path().startsWith(PREFIX + "/");
    }

    private static Answer refused(String json) {
        return new Answer(401, Map.of("Content-Type", Answer.JSON), json.getBytes(StandardCharsets.UTF_8));
    }
}
