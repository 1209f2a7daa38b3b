package com.listingsync.console.openapi;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.http.Call;
import com.listingsync.console.http.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One operation of the API. Immutable.
 *
 * @param id its name, by which code is bound to it
 * @param method in capitals
 * @param path its template
 * @param guard who may call it
 * @param parameters what stands in the address and the headers
 * @param body what the body must be; empty when there is none, or none that is JSON
 */
public record Operation(
        String id, String method, PathTemplate path, Guard guard, List<Parameter> parameters, Optional<Body> body) {

    /** Who may call an operation. */
    public enum Guard {
        /** Anybody. */
        NONE,
        /** Who may see. */
        VIEWER,
        /** Who may change things. */
        OPERATOR,
        /** Who shows a proof of its own, which the operation itself checks. */
        OWN_PROOF
    }

    /**
     * A parameter.
     *
     * @param name as it is sent
     * @param place {@code path}, {@code query} or {@code header}
     * @param required whether it must be there
     * @param schema what its value must be
     */
    public record Parameter(String name, String place, boolean required, Schema schema) {}

    /**
     * A JSON body.
     *
     * @param required whether it must be there
     * @param schema what it must be
     */
    public record Body(boolean required, Schema schema) {}

    public Operation {
        parameters = List.copyOf(parameters);
    }

    /** Whether a repetition of a call is recognised by its {@code Idempotency-Key}. */
    public boolean repeatable() {
        return parameters.stream().anyMatch(each -> each.name().equals("Idempotency-Key"));
    }

    /**
     * The parameters of a call as JSON values of their types.
     *
     * @throws Problem (400) when one is wrong, missing or not known
     */
    public ObjectNode parameters(Call call, Map<String, String> fromPath) {
        List<String> problems = new ArrayList<>();
        Set<String> known = new HashSet<>();
        ObjectNode values = Json.MAPPER.createObjectNode();
        for (Parameter parameter : parameters) {
            List<String> sent = sent(parameter, call, fromPath);
            if (parameter.place().equals("query")) {
                known.add(parameter.name());
            }
            if (sent.isEmpty()) {
                if (parameter.required()) {
                    problems.add(parameter.name() + ": is missing");
                }
                continue;
            }
            if (sent.size() > 1 && !parameter.schema().type().equals("array")) {
                problems.add(parameter.name() + ": expected one value, found " + sent.size());
                continue;
            }
            JsonNode value = typed(parameter.schema(), sent);
            problems.addAll(parameter.schema().problems(parameter.name(), value));
            values.set(parameter.name(), value);
        }
        call.query().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add("'" + Schema.shown(name) + "' is not known here"
                        + (known.isEmpty() ? "" : "; there are " + String.join(", ", new java.util.TreeSet<>(known)))));
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems.size() <= 10 ? problems : problems.subList(0, 10));
        }
        return values;
    }

    /**
     * The body of a call; an empty object when it may be left out and is.
     *
     * @throws Problem (400, 415) when it is not as the document says
     */
    public JsonNode body(Call call) {
        if (body.isEmpty()) {
            return JsonNodeFactory.instance.objectNode();
        }
        String type = call.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.split(";", 2)[0].strip().equals("application/json")) {
            throw Problem.of(415, "expected a body with 'Content-Type: application/json'");
        }
        if (call.body().length == 0 && !body.get().required()) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode json = parsed(call.body());
        List<String> problems = body.get().schema().problems("body", json);
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        return json;
    }

    private static JsonNode parsed(byte[] bytes) {
        try {
            JsonNode json = STRICT.readTree(bytes);
            if (json == null || json.isMissingNode()) {
                throw Problem.of(400, "body: expected JSON, found nothing");
            }
            return json;
        } catch (JsonProcessingException e) {
            // The sender is told where; the text itself may hold anything and is not repeated.
            JsonLocation at = e.getLocation();
            throw Problem.of(
                    400,
                    "body: expected JSON of reasonable depth"
                            + (at == null
                                    ? ""
                                    : ", found none at line " + at.getLineNr() + ", column " + at.getColumnNr()));
        } catch (IOException e) {
            // Bytes that are no UTF-8, UTF-16 or UTF-32 text.
            throw Problem.of(400, "body: expected JSON in UTF-8");
        }
    }

    /** A name twice in an object means two things to two readers. */
    private static final com.fasterxml.jackson.databind.ObjectReader STRICT = Json.MAPPER
            .reader()
            .with(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .with(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private static List<String> sent(Parameter parameter, Call call, Map<String, String> fromPath) {
        return switch (parameter.place()) {
            case "path" ->
                fromPath.containsKey(parameter.name())
                        ? List.of(String.valueOf(fromPath.get(parameter.name())))
                        : List.of();
            case "query" -> call.query().getOrDefault(parameter.name(), List.of());
            default -> call.header(parameter.name()).map(List::of).orElse(List.of());
        };
    }

    private static JsonNode typed(Schema schema, List<String> sent) {
        if (schema.type().equals("array")) {
            var array = Json.MAPPER.createArrayNode();
            Schema items = schema.items().orElseThrow();
            sent.forEach(each -> array.add(typed(items, List.of(each))));
            return array;
        }
        String text = sent.get(0);
        return switch (schema.type()) {
            case "integer" ->
                text.matches("-?\\d{1,18}")
                        ? JsonNodeFactory.instance.numberNode(Long.parseLong(text))
                        : JsonNodeFactory.instance.textNode(text);
            case "boolean" ->
                text.equals("true") || text.equals("false")
                        ? JsonNodeFactory.instance.booleanNode(text.equals("true"))
                        : JsonNodeFactory.instance.textNode(text);
            default -> JsonNodeFactory.instance.textNode(text);
        };
    }
}
