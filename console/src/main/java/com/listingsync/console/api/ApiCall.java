package com.listingsync.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.console.access.Caller;
import com.listingsync.console.http.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A call that is as the document says, by somebody who may make it. Nobody changes the JSON.
 *
 * @param raw as it came
 * @param caller who makes it
 * @param parameters of its address and headers, of their types
 * @param body an empty object when there is none
 */
record ApiCall(Call raw, Caller caller, ObjectNode parameters, JsonNode body) {

    private static final int USUAL_PAGE = 50;

    /** A text parameter that must be there. */
    String text(String name) {
        return parameters.path(name).asText();
    }

    /** A text parameter; empty when it was left out. */
    Optional<String> maybe(String name) {
        return parameters.has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** How many to show on a page. */
    int limit() {
        return parameters.path("limit").asInt(USUAL_PAGE);
    }

    /** A list in the body; empty when it was left out. */
    List<String> list(String name) {
        List<String> values = new ArrayList<>();
        body.path(name).forEach(each -> values.add(each.asText()));
        return List.copyOf(values);
    }

    /** A text in the body; empty when it was left out. */
    Optional<String> given(String name) {
        return body.has(name) ? Optional.of(body.path(name).asText()) : Optional.empty();
    }

    /** A switch in the body. */
    boolean flag(String name) {
        return body.path(name).asBoolean(false);
    }
}
