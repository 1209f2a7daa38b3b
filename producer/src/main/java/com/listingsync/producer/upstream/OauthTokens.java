package com.listingsync.producer.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.setting.Secret;
import com.listingsync.common.wire.Json;
import com.listingsync.producer.connection.Auth;
import com.listingsync.producer.upstream.UpstreamException.Kind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Tokens by OAuth2 client credentials (RFC 6749 §4.4), kept in memory only and renewed before they expire. Thread-safe:
 * one thread fetches, the others wait for it.
 */
final class OauthTokens implements Tokens {

    /** A token is renewed this long before its end, so that none expires on its way; a tenth of its life if that is less. */
    private static final Duration EARLY = Duration.ofMinutes(1);

    /** RFC 6749 §5.1 leaves expires_in out "if documented elsewhere"; a refused one is renewed in any case. */
    private static final long DEFAULT_LIFE_SECONDS = 600;

    /** Some servers say of a token that it lives for ever, in numbers that no clock can count. */
    private static final long LONGEST_LIFE_SECONDS = Duration.ofDays(1).toSeconds();

    private final Auth.ClientCredentials credentials;
    private final OkHttpClient http;
    private final Clock clock;
    private @Nullable Secret token;
    private Instant renewAt = Instant.MIN;

    OauthTokens(Auth.ClientCredentials credentials, OkHttpClient http, Clock clock) {
        this.credentials = credentials;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public synchronized Secret current() {
        Secret held = token;
        if (held == null || !clock.instant().isBefore(renewAt)) {
            held = fetch();
            token = held;
        }
        return held;
    }

    @Override
    public synchronized boolean renewAfter(Secret refused) {
        // Another feed may have renewed it meanwhile; then the new one deserves its try.
        if (refused.equals(token)) {
            token = null;
        }
        return true;
    }

    private Secret fetch() {
        String host = credentials.tokenUrl().getHost();
        try (Response response = http.newCall(request()).execute()) {
            if (!response.isSuccessful()) {
                throw refused(host, response.code());
            }
            JsonNode answer = Json.MAPPER.readTree(response.body().byteStream());
            String text = answer.path("access_token").asText("");
            if (text.isEmpty()) {
                throw new UpstreamException(Kind.PASSING, host + " gave an answer without access_token", null);
            }
            long seconds = answer.path("expires_in").asLong(DEFAULT_LIFE_SECONDS);
            Duration life = Duration.ofSeconds(Math.max(0, Math.min(seconds, LONGEST_LIFE_SECONDS)));
            Duration early = life.dividedBy(10).compareTo(EARLY) < 0 ? life.dividedBy(10) : EARLY;
            renewAt = clock.instant().plus(life).minus(early);
            return new Secret(text);
        } catch (IOException e) {
            // No token, so nothing is asked of the MLS; the guard repeats the whole attempt.
            throw new UpstreamException(Kind.PASSING, host + " gave no token: " + IoWords.of(e), e);
        }
    }

    private Request request() {
        FormBody.Builder form = new FormBody.Builder()
                .add("grant_type", "client_credentials")
                .add("client_id", credentials.clientId())
                .add("client_secret", credentials.clientSecret().reveal());
        credentials.scope().ifPresent(scope -> form.add("scope", scope));
        return new Request.Builder()
                .url(credentials.tokenUrl().toString())
                .header("Accept", "application/json")
                .post(form.build())
                .build();
    }

    private static UpstreamException refused(String host, int status) {
        boolean passing = status == 429 || status >= 500;
        return new UpstreamException(
                passing ? Kind.PASSING : Kind.UNAUTHORIZED,
                status,
                null,
                host + " gave no token (HTTP " + status + ")"
                        + (passing ? "" : "; check client_id, client_secret and token_url of this connection"),
                null);
    }
}
