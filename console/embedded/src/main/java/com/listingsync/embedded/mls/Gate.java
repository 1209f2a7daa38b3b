package com.listingsync.embedded.mls;

import com.listingsync.embedded.upstream.Quota;
import com.listingsync.embedded.upstream.Reply;
import com.listingsync.embedded.upstream.Request;
import com.listingsync.embedded.upstream.Tokens;
import com.listingsync.embedded.world.Feed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may ask and how often: tokens, the OAuth2 client-credentials endpoint (RFC 6749 §4.4), the quota. Thread-safe. */
final class Gate {
    private static final String JSON = "application/json; charset=utf-8";

    private final MlsOptions options;
    private final Tokens<Feed> tokens;
    private final Optional<Quota> quota;

    Gate(MlsOptions options) {
        this.options = options;
        this.tokens = new Tokens<>(options.clock());
        this.quota = options.quota().map(rule -> new Quota(rule, options.clock()));
        for (Feed feed : Feed.values()) {
            tokens.accept(SampleMls.staticToken(feed), feed);
        }
    }

    void revokeIssuedTokens() {
        tokens.revokeIssued();
    }

    Optional<Feed> feed(Request request) {
        return request.bearerToken().flatMap(tokens::grant);
    }

    Reply unauthorized() throws IOException {
        return Reply.of(401, JSON, PageJson.error("Unauthorized", "The access token is missing, unknown or expired"))
                .with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }

    /** The request's place in the quota; empty when there is none. */
    Optional<Quota.Verdict> counted() {
        return quota.map(Quota::take);
    }

    Reply tooMany(Quota.Verdict verdict) throws IOException {
        // Rounded up, so that who waits as long as told is not refused again.
        long seconds = verdict.untilReset().plus(Duration.ofNanos(999_999_999)).toSeconds();
        Reply reply = Reply.of(429, JSON, PageJson.error("TooManyRequests", "The rate limit is exceeded"));
        return switch (options.retryHeader()) {
            case SECONDS -> reply.with("Retry-After", Long.toString(seconds));
            case DATE ->
                reply.with(
                        "Retry-After",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.ofInstant(
                                options.clock().instant().plusSeconds(seconds), ZoneOffset.UTC)));
            case AMPRE ->
                reply.with("X-Rate-Limit-Retry-After-Seconds", Long.toString(seconds))
                        .with("X-Rate-Limit-Remaining", "0");
            case NONE -> reply;
        };
    }

    /** The answer with what this MLS says about the quota on every answer. */
    Reply marked(Reply reply, Optional<Quota.Verdict> verdict) {
        return options.retryHeader() == RetryHeader.AMPRE && verdict.isPresent()
                ? reply.with(
                        "X-Rate-Limit-Remaining", Integer.toString(verdict.get().remaining()))
                : reply;
    }

    /** Issues a token for client credentials, sent as a form or with HTTP Basic. */
    Reply issue(Request request) {
        if (!request.method().equals("POST")) {
            return oauthError(405, "invalid_request", "Use POST");
        }
        Map<String, List<String>> form = request.form();
        if (!Request.first(form, "grant_type").equals(Optional.of("client_credentials"))) {
            return oauthError(400, "unsupported_grant_type", "Only client_credentials is offered");
        }
        Optional<String> credentials = basic(request)
                .or(() -> Request.first(form, "client_id")
                        .map(id ->
                                id + ':' + Request.first(form, "client_secret").orElse("")));
        for (Feed feed : Feed.values()) {
            String expected = SampleMls.clientId(feed) + ':' + SampleMls.clientSecret(feed);
            if (credentials.equals(Optional.of(expected))) {
                String token = tokens.issue(feed, options.tokenLifetime());
                return Reply.json(
                                200,
                                "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":"
                                        + options.tokenLifetime().toSeconds() + "}")
                        .with("Cache-Control", "no-store");
            }
        }
        return oauthError(401, "invalid_client", "The client is unknown or its secret is wrong")
                .with("WWW-Authenticate", "Basic realm=\"sample-mls\"");
    }

    private static Optional<String> basic(Request request) {
        return request.header("Authorization")
                .filter(value -> value.startsWith("Basic "))
                .map(value -> {
                    try {
                        return new String(
                                Base64.getDecoder().decode(value.substring(6).trim()), StandardCharsets.UTF_8);
                    } catch (IllegalArgumentException e) {
                        // Not Base64, so no credentials: answered like any wrong ones.
                        return "";
                    }
                });
    }

    private static Reply oauthError(int status, String error, String description) {
        return Reply.json(status, "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}");
    }
}
