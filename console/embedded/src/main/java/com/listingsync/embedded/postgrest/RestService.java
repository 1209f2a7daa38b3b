package com.listingsync.embedded.postgrest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Answers a request: who asks, for what, with which right of way. Thread-safe. */
final class RestService {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS");
    private static final String RPC = "/rpc/";

    private final Tokens tokens;
    private final SchemaWatch schema;
    private final Reads reads;
    private final Writes writes;
    private final Calls calls;

    RestService(Tokens tokens, SchemaWatch schema, Database database, OptionalLong maxRows) {
        this.tokens = tokens;
        this.schema = schema;
        this.reads = new Reads(database, maxRows);
        this.writes = new Writes(database);
        this.calls = new Calls(database);
    }

    /** The answer, whatever is asked; refusals are answers too. */
    Answer answer(RestRequest request) {
        try {
            Optional<Answer> preflight = Cors.preflight(request);
            Answer answer = preflight.isPresent() ? preflight.get() : answerCaller(request);
            return request.method().equals("HEAD") ? answer.withoutBody() : answer;
        } catch (RestException e) {
            // Nothing was written; the client hears why.
            return e.error().toAnswer();
        }
    }

    private Answer answerCaller(RestRequest request) {
        Caller caller = tokens.callerOf(request.header("Authorization"));
        Map<String, SchemaCache> caches = schema.caches().orElseThrow(Refusals::noSchemaCache);
        if (!METHODS.contains(request.method())) {
            throw Refusals.method(request.method());
        }
        SchemaCache cache = caches.get(request.schema(schema.exposed()));
        if (cache == null) {
            throw Refusals.noSchemaCache();
        }
        String path = request.path();
        if (path.equals("/")) {
            return OpenApi.root(cache);
        }
        if (path.startsWith(RPC) && path.indexOf('/', RPC.length()) < 0) {
            return calls.answer(new Question(caller, cache, request, path.substring(RPC.length())));
        }
        if (path.indexOf('/', 1) >= 0) {
            throw Refusals.path();
        }
        return answerTable(new Question(caller, cache, request, path.substring(1)));
    }

    private Answer answerTable(Question question) {
        return switch (question.request().method()) {
            case "GET", "HEAD" -> reads.answer(question);
            case "POST" -> writes.insert(question);
            case "PATCH" -> writes.update(question);
            case "PUT" -> writes.put(question);
            case "DELETE" -> writes.delete(question);
            default -> {
                Table known = question.cache().table(question.target());
                yield new Answer(200, Map.of("Allow", String.join(",", allowed(known))), Answer.EMPTY);
            }
        };
    }

    private static List<String> allowed(Table table) {
        return table.primaryKey().isEmpty()
                ? List.of("OPTIONS", "GET", "HEAD", "POST", "PATCH", "DELETE")
                : List.of("OPTIONS", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    }
}
