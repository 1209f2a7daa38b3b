package com.listingsync.console.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.openapi.Operation.Body;
import com.listingsync.console.openapi.Operation.Guard;
import com.listingsync.console.openapi.Operation.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The API's OpenAPI 3.1 document, {@code openapi.json} beside this class, and the operations in it. Immutable. */
public final class ApiDocument {

    private static final String RESOURCE = "openapi.json";

    private final JsonNode json;
    private final List<Operation> operations;

    private ApiDocument(JsonNode json, List<Operation> operations) {
        this.json = json;
        this.operations = operations;
    }

    /**
     * A call's operation.
     *
     * @param operation what is asked for
     * @param fromPath values of the names in its path
     */
    public record Match(Operation operation, Map<String, String> fromPath) {}

    /** The document that comes with the console. */
    public static ApiDocument read() {
        try (InputStream in = ApiDocument.class.getResourceAsStream(RESOURCE)) {
            return of(Json.MAPPER.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("the API's document is not in this build", e);
        }
    }

    static ApiDocument of(JsonNode json) {
        List<Operation> operations = new ArrayList<>();
        json.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method ->
                                operations.add(operation(json, path.getKey(), method.getKey(), method.getValue()))));
        operations.sort(
                Comparator.comparingInt((Operation each) -> each.path().fixed()).reversed());
        return new ApiDocument(json, List.copyOf(operations));
    }

    /** As it is served. */
    public JsonNode json() {
        return json;
    }

    public List<Operation> operations() {
        return operations;
    }

    /** The operation of this method and path. */
    public Optional<Match> find(String method, String path) {
        for (Operation operation : operations) {
            if (operation.method().equals(method)) {
                Optional<Map<String, String>> values = operation.path().match(path);
                if (values.isPresent()) {
                    return Optional.of(new Match(operation, values.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** The methods that this path knows; empty when there is no such path. */
    public Set<String> methods(String path) {
        Set<String> methods = new TreeSet<>();
        operations.stream()
                .filter(each -> each.path().match(path).isPresent())
                .forEach(each -> methods.add(each.method()));
        return methods;
    }

    private static Operation operation(JsonNode document, String path, String method, JsonNode written) {
        List<Parameter> parameters = new ArrayList<>();
        written.path("parameters").forEach(each -> {
            JsonNode parameter = Schema.resolved(each, document);
            parameters.add(new Parameter(
                    parameter.path("name").asText(),
                    parameter.path("in").asText(),
                    parameter.path("required").asBoolean(false),
                    Schema.of(parameter.path("schema"), document)));
        });
        return new Operation(
                written.path("operationId").asText(),
                method.toUpperCase(Locale.ROOT),
                PathTemplate.of(path),
                guard(written.path("security")),
                parameters,
                body(document, written.path("requestBody")));
    }

    private static Optional<Body> body(JsonNode document, JsonNode written) {
        JsonNode json = written.path("content").path("application/json");
        return json.isMissingNode()
                ? Optional.empty()
                : Optional.of(
                        new Body(written.path("required").asBoolean(false), Schema.of(json.path("schema"), document)));
    }

    private static Guard guard(JsonNode security) {
        if (security.isMissingNode()) {
            throw new IllegalArgumentException("every operation of the API's document says who may call it");
        }
        if (security.isEmpty()) {
            return Guard.NONE;
        }
        JsonNode first = security.get(0);
        if (!first.has("key")) {
            return Guard.OWN_PROOF;
        }
        return first.path("key").path(0).asText().equals("viewer") ? Guard.VIEWER : Guard.OPERATOR;
    }
}
