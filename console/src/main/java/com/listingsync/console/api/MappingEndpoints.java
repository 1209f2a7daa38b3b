package com.listingsync.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.MappingCheck;
import com.listingsync.common.wire.Json;
import com.listingsync.console.http.Reply;
import com.listingsync.console.mapping.CheckReport;
import com.listingsync.console.mapping.MappingColumns;
import com.listingsync.console.mapping.SampleFile;
import com.listingsync.console.mapping.Trial;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The default mapping, what can be written in one, the columns of the mapping in force, and what is wrong with a new one. Thread-safe. */
final class MappingEndpoints {

    private final Map<String, String> environment;

    /** @param environment names the mapping, as for the processor */
    MappingEndpoints(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "getMapping", call -> standard(),
                "getMappingSchema", call -> Reply.json(parsed(MappingCheck.schema())),
                "listMappingColumns", call -> columns(),
                "checkMapping", this::check);
    }

    private static Reply standard() {
        return new Reply.Whole(
                200,
                Map.of("content-type", "application/yaml", "cache-control", "no-store"),
                Mapping.standardText().getBytes(StandardCharsets.UTF_8));
    }

    private Reply columns() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("items", MappingColumns.json(Mapping.inForce(environment)));
        return Reply.json(json);
    }

    private Reply check(ApiCall call) {
        Optional<Entity> kind = call.given("entity").flatMap(Entity::of);
        MappingCheck check = MappingCheck.of(call.body().path("mapping").asText());
        JsonNode samples = call.body().path("samples");
        List<Trial> trials = samples.isEmpty() || check.mapping().isEmpty()
                ? List.of()
                : Trial.all(check.mapping().get(), SampleFile.of(samples, kind));
        return Reply.json(new CheckReport("mapping", check, trials).json());
    }

    private static JsonNode parsed(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema of mapping files is no JSON", e);
        }
    }
}
