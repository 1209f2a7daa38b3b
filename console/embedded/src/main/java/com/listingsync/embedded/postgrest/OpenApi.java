package com.listingsync.embedded.postgrest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The description at the root path: which tables and functions there are, in OpenAPI 2. Stateless, pure. */
final class OpenApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OpenApi() {}

    static Answer root(SchemaCache cache) {
        ObjectNode document = JSON.createObjectNode().put("swagger", "2.0");
        document.putObject("info")
                .put("title", "standard public schema")
                .put("version", PostgrestServer.IMITATED_VERSION);
        ObjectNode paths = document.putObject("paths");
        ObjectNode definitions = document.putObject("definitions");
        paths.putObject("/");
        new TreeMap<>(cache.tables()).forEach((name, table) -> {
            ObjectNode operations = paths.putObject("/" + name);
            for (String method : new String[] {"get", "post", "patch", "delete"}) {
                operations.putObject(method).putArray("tags").add(name);
            }
            addColumns(definitions.putObject(name), table);
        });
        new TreeSet<>(cache.routines().keySet())
                .forEach(name -> paths.putObject("/rpc/" + name).putObject("post"));
        try {
            return new Answer(
                    200,
                    Map.of("Content-Type", "application/openapi+json; charset=utf-8"),
                    JSON.writeValueAsBytes(document));
        } catch (JsonProcessingException e) {
            // A tree of strings can always be written: a bug that must escape.
            throw new IllegalStateException("The description cannot be written as JSON.", e);
        }
    }

    private static void addColumns(ObjectNode definition, Table table) {
        ObjectNode properties = definition.put("type", "object").putObject("properties");
        new TreeMap<>(table.columns())
                .forEach((column, known) -> properties.putObject(column).put("format", known.type()));
    }
}
