package com.listingsync.embedded.postgrest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.listingsync.embedded.postgrest.Preferences.Name;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Calls of functions under {@code /rpc/}. Thread-safe. */
final class Calls {
    private static final Set<Name> MEANINGFUL = Set.of(Name.COUNT, Name.HANDLING, Name.MAX_AFFECTED);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;

    Calls(Database database) {
        this.database = database;
    }

    Answer answer(Question question) {
        RestRequest request = question.request();
        Preferences preferences = request.preferences();
        Payload arguments = argumentsOf(request);
        Routine routine = question.cache().routine(question.target(), arguments.columns());
        Database.Access access = request.method().equals("POST") ? Database.Access.WRITE : Database.Access.READ;
        Rows rows = question.run(database, access, CallSql.call(routine, arguments), any -> {});

        Map<String, String> headers = new LinkedHashMap<>();
        Optional<Long> total = preferences.counts() ? Optional.of(rows.page()) : Optional.empty();
        headers.put("Content-Range", ContentRange.of(0, rows.page() - 1, total));
        preferences.applied(MEANINGFUL).ifPresent(applied -> headers.put("Preference-Applied", applied));
        if (routine.result() == Routine.Result.VOID) {
            return new Answer(204, headers, Answer.EMPTY);
        }
        headers.put("Content-Type", Answer.JSON);
        return new Answer(200, headers, rows.body());
    }

    private static Payload argumentsOf(RestRequest request) {
        return switch (request.method()) {
            case "POST" -> Payload.ofArguments(request.body(), request.contentType());
            case "GET", "HEAD" -> argumentsInUrl(request.query());
            default -> throw Refusals.methodOnFunction(request.method());
        };
    }

    private static Payload argumentsInUrl(QueryString query) {
        Map<String, String> arguments = new LinkedHashMap<>();
        query.others().forEach(parameter -> arguments.put(parameter.name(), parameter.value()));
        try {
            return Payload.ofArguments(JSON.writeValueAsBytes(arguments), "application/json");
        } catch (JsonProcessingException e) {
            // A map of strings can always be written: a bug that must escape.
            throw new IllegalStateException("Arguments cannot be written as JSON.", e);
        }
    }
}
