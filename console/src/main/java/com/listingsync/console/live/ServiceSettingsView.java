package com.listingsync.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks every instance for the settings it was started with, which hold no secret. Thread-safe. */
public final class ServiceSettingsView {

    private final Instances instances;
    private final InstanceHttp http = new InstanceHttp();

    /** @param addresses where the services answer */
    public ServiceSettingsView(ServiceAddresses addresses) {
        this(new Instances(addresses));
    }

    ServiceSettingsView(Instances instances) {
        this.instances = instances;
    }

    /**
     * An object for each instance, in the order in which services were named: {@code name}, {@code service}, and {@code settings} with
     * {@code connections}, or {@code problem}. Waits for none longer than 2 s.
     */
    public ArrayNode json() {
        List<CompletableFuture<ObjectNode>> asked =
                instances.now().stream().map(this::ask).toList();
        ArrayNode all = Json.MAPPER.createArrayNode();
        asked.forEach(each -> all.add(each.join()));
        return all;
    }

    private CompletableFuture<ObjectNode> ask(Instance instance) {
        ObjectNode json =
                Json.MAPPER.createObjectNode().put("name", instance.name()).put("service", instance.service());
        return InstanceHttp.orSilent(
                http.get(instance, "/settings").thenApply(bytes -> told(json, bytes)),
                () -> json.put("problem", "does not say its settings at " + instance.root()));
    }

    private static ObjectNode told(ObjectNode json, byte[] bytes) {
        try {
            JsonNode told = Json.MAPPER.readTree(bytes);
            if (!told.path("settings").isArray()) {
                throw new IOException("no settings");
            }
            json.set("settings", told.path("settings"));
            json.set("connections", told.path("connections"));
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
