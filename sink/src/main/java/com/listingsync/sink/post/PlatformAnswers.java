package com.listingsync.sink.post;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.http.RetryAfter;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Reads HTTP responses of platforms into {@link PlatformAnswer}s. Thread-safe. */
final class PlatformAnswers {

    /** Errors of all three are a few hundred bytes; what is longer is a web page. */
    private static final long MAX_BYTES = 64L * 1024;

    /** Of Meta's rate limits: JSON by account, with the minutes until calls are allowed again. */
    private static final String META_USAGE = "X-Business-Use-Case-Usage";

    private final Clock clock;

    PlatformAnswers(Clock clock) {
        this.clock = clock;
    }

    PlatformAnswer read(Response response) throws IOException {
        JsonNode body = parsed(response.peekBody(MAX_BYTES).string());
        boolean json = body != null && body.isObject();
        JsonNode said = body == null ? Json.MAPPER.missingNode() : body;
        // The Graph API wraps its errors, LinkedIn does not.
        JsonNode error = said.has("error") ? said.path("error") : said;
        JsonNode code = error.has("serviceErrorCode") ? error.path("serviceErrorCode") : error.path("code");
        return new PlatformAnswer(
                response.code(),
                json,
                number(code),
                number(error.path("error_subcode")),
                error.path("is_transient").asBoolean(false),
                said.path("success").isBoolean()
                        ? Optional.of(said.path("success").booleanValue())
                        : Optional.empty(),
                RetryAfter.of(response::header, clock.instant()).or(() -> regained(response)));
    }

    private static OptionalInt number(JsonNode node) {
        return node.isInt() ? OptionalInt.of(node.intValue()) : OptionalInt.empty();
    }

    private static @Nullable JsonNode parsed(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            // Not a platform's own words: the status alone decides.
            return null;
        }
    }

    /** The longest of the waits that Meta names for the accounts involved; empty when it names none. */
    private static Optional<Duration> regained(Response response) {
        JsonNode usage = parsed(response.header(META_USAGE, "") + "");
        if (usage == null || response.isSuccessful()) {
            return Optional.empty();
        }
        long minutes = usage.findValues("estimated_time_to_regain_access").stream()
                .mapToLong(JsonNode::asLong)
                .max()
                .orElse(0);
        return minutes > 0 ? Optional.of(Duration.ofMinutes(minutes)) : Optional.empty();
    }
}
