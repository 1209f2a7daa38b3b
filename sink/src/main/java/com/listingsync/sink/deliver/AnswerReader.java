package com.listingsync.sink.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.http.RetryAfter;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.RowKey;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Reads an HTTP response into an {@link Answer}. Thread-safe. */
final class AnswerReader {

    /** PostgREST's errors are under 1 KiB; a web page is recognised by its first bytes. */
    private static final long MAX_ERROR_BYTES = 64L * 1024;

    /** Codes of PostgreSQL and PostgREST; gateways put other things into a field of the same name. */
    private static final Pattern KNOWN_CODE = Pattern.compile("|[0-9A-Z]{5}|PGRST\\w*");

    private final Clock clock;

    AnswerReader(Clock clock) {
        this.clock = clock;
    }

    Answer read(Response response) throws IOException {
        if (response.isSuccessful()) {
            return success(response);
        }
        String body = response.peekBody(MAX_ERROR_BYTES).string();
        boolean html = html(response, body);
        JsonNode json = html ? null : parsed(body);
        Optional<String> code = Optional.ofNullable(json)
                .map(node -> node.get("code"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> KNOWN_CODE.matcher(text).matches());
        return new Answer(
                response.code(),
                code,
                json == null ? "" : json.path("message").asText(""),
                html,
                OptionalInt.empty(),
                Optional.empty(),
                RetryAfter.of(response::header, clock.instant()));
    }

    private static Answer success(Response response) throws IOException {
        String type = response.header("Content-Type", "");
        boolean html = type != null && type.toLowerCase(Locale.ROOT).contains("html");
        Optional<Set<String>> ids = Optional.empty();
        if (!html && "representation".equals(applied(response, "return"))) {
            ids = Optional.of(ids(response.body().bytes()));
        }
        return new Answer(
                response.code(),
                Optional.empty(),
                "",
                html,
                count(response.header("Content-Range")),
                ids,
                Optional.empty());
    }

    /** The total of {@code 0-9/10} or {@code *}{@code /10}; empty for {@code *}{@code /*} and when there is no header. */
    private static OptionalInt count(@Nullable String contentRange) {
        if (contentRange == null) {
            return OptionalInt.empty();
        }
        String total = contentRange.substring(contentRange.indexOf('/') + 1);
        return total.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(total)) : OptionalInt.empty();
    }

    private static @Nullable String applied(Response response, String preference) {
        for (String part : response.header("Preference-Applied", "").split(",")) {
            int equals = part.indexOf('=');
            if (equals > 0 && part.substring(0, equals).strip().equals(preference)) {
                return part.substring(equals + 1).strip();
            }
        }
        return null;
    }

    /** The ids of rows of which each object has the key columns, in their order. */
    private static Set<String> ids(byte[] body) throws IOException {
        Set<String> ids = new HashSet<>();
        List<String> values = new ArrayList<>();
        for (JsonNode row : Json.MAPPER.readTree(body)) {
            values.clear();
            row.forEach(value -> values.add(value.asText()));
            ids.add(RowKey.idOf(values));
        }
        return ids;
    }

    private static boolean html(Response response, String body) {
        String type = response.header("Content-Type", "");
        return (type != null && type.toLowerCase(Locale.ROOT).contains("html"))
                || body.stripLeading().startsWith("<");
    }

    private static @Nullable JsonNode parsed(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            // Not PostgREST's own words: the status alone decides.
            return null;
        }
    }
}
