package com.listingsync.embedded.postgrest;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.listingsync.embedded.postgrest.RecordedCase.As;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends requests to a PostgREST, real or not, with tokens of every kind. */
final class RestClient {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    static final String SECRET = "a-secret-of-at-least-thirty-two-characters";

    /** What came back. */
    record Reply(int status, HttpHeaders headers, String body) {
        @Nullable
        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }

        String code() {
            return body.replaceFirst("(?s).*\"code\":\"([^\"]*)\".*", "$1");
        }
    }

    /** Not OkHttp, which repeats by itself what is answered with 503 and {@code Retry-After: 0}. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String base;
    private final String secret;

    RestClient(String base, String secret) {
        this.base = base.replaceFirst("/$", "");
        this.secret = secret;
    }

    Reply send(RecordedCase recorded) throws IOException {
        return send(recorded.method, recorded.path, recorded.as, recorded.requestHeaders, recorded.body);
    }

    Reply get(String path) throws IOException {
        return send("GET", path, As.SERVICE_ROLE, Map.of(), null);
    }

    Reply post(String path, String preferences, String json) throws IOException {
        return send(RecordedCase.recorded(0, "").post(path, json).prefer(preferences));
    }

    Reply send(String method, String path, As as, Map<String, String> headers, byte @Nullable [] body)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path.replace("\"", "%22")))
                .timeout(LONGEST);
        headers.forEach(request::header);
        authorization(as).ifPresent(value -> request.header("Authorization", value));
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for an answer");
        }
    }

    private Optional<String> authorization(As as) {
        Instant now = Instant.now();
        return switch (as) {
            case NOBODY -> Optional.empty();
            case EMPTY -> Optional.of("Bearer ");
            case GARBAGE -> Optional.of("Bearer abc");
            case OPAQUE_KEY -> Optional.of("Bearer sb_secret_abcdefghijklmnop");
            case SERVICE_ROLE -> bearer("service_role", null, null, signing());
            case ANON -> bearer("anon", null, null, signing());
            case AUTHENTICATED -> bearer("authenticated", null, null, signing());
            case NO_SUCH_ROLE -> bearer("no_such_role", null, null, signing());
            case POSTGRES -> bearer("postgres", null, null, signing());
            case WRONG_SIGNATURE ->
                bearer("service_role", null, null, Algorithm.HMAC256("another-secret-of-at-least-32-characters"));
            case ALG_NONE -> bearer("service_role", null, null, Algorithm.none());
            case EXPIRED -> bearer("service_role", null, now.minusSeconds(60), signing());
            case EXPIRED_TEN_SECONDS_AGO -> bearer("service_role", null, now.minusSeconds(10), signing());
            case NOT_YET_VALID -> bearer("service_role", now.plusSeconds(120), null, signing());
        };
    }

    private Algorithm signing() {
        return Algorithm.HMAC256(secret);
    }

    private static Optional<String> bearer(
            String role, @Nullable Instant notBefore, @Nullable Instant expires, Algorithm algorithm) {
        return Optional.of("Bearer "
                + JWT.create()
                        .withClaim("role", role)
                        .withNotBefore(notBefore)
                        .withExpiresAt(expires)
                        .sign(algorithm));
    }
}
