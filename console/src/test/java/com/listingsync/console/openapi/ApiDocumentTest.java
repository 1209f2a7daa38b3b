package com.listingsync.console.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.http.Call;
import com.listingsync.console.http.Problem;
import com.listingsync.console.openapi.Operation.Guard;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {

    private final ApiDocument document = ApiDocument.read();

    @Test
    void leadsEveryReferenceToSomethingThatIsThere() {
        document.json()
                .findValuesAsText("$ref")
                .forEach(reference -> assertThat(
                                document.json().at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void givesEveryOperationAnIdOfItsOwnASummaryAndAnswers() {
        List<String> ids = document.operations().stream().map(Operation::id).toList();

        assertThat(new TreeSet<>(ids)).hasSameSizeAs(ids).doesNotContain("");
        document.json()
                .path("paths")
                .forEach(path -> path.forEach(operation -> {
                    assertThat(operation.path("summary").asText()).isNotBlank();
                    assertThat(operation.path("responses")).isNotEmpty();
                }));
    }

    @Test
    void letsOnlyOperatorsAndProofsChangeAnything() {
        document.operations().stream()
                .filter(operation -> !operation.method().equals("GET"))
                .forEach(operation ->
                        assertThat(operation.guard()).as(operation.id()).isIn(Guard.OPERATOR, Guard.OWN_PROOF));
    }

    @Test
    void readsParametersOfTheirTypes() {
        Operation runs = document.find("GET", "/api/runs").orElseThrow().operation();

        JsonNode parameters = runs.parameters(get("/api/runs", Map.of("limit", List.of("7"))), Map.of());

        assertThat(parameters.path("limit").isIntegralNumber()).isTrue();
    }

    @Test
    void refusesWhatIsNotInTheDocument() {
        Operation runs = document.find("GET", "/api/runs").orElseThrow().operation();

        assertThatThrownBy(() -> runs.parameters(get("/api/runs", Map.of("limit", List.of("501"))), Map.of()))
                .isInstanceOf(Problem.class)
                .hasMessage("limit: expected a whole number from 1 to 500, found 501");
        assertThatThrownBy(() -> runs.parameters(get("/api/runs", Map.of("limt", List.of("5"))), Map.of()))
                .hasMessage("'limt' is not known here; there are cursor, limit, status, trigger");
    }

    @Test
    void refusesABodyThatSaysAThingTwice() {
        Operation sync = document.find("POST", "/api/sync").orElseThrow().operation();
        Call call = new Call(
                "POST",
                "/api/sync",
                Map.of(),
                Map.of("Content-Type", "application/json"),
                "127.0.0.1",
                "{\"force\":true,\"force\":false}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> sync.body(call))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("body: expected JSON");
    }

    @Test
    void refusesToReadADocumentItDoesNotUnderstand() throws Exception {
        JsonNode schema = Json.MAPPER.readTree("{\"type\":\"string\",\"not\":{}}");

        assertThatThrownBy(() -> Schema.of(schema, schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'not'");
    }

    private static Call get(String path, Map<String, List<String>> query) {
        return new Call("GET", path, query, Map.of(), "127.0.0.1", new byte[0]);
    }
}
