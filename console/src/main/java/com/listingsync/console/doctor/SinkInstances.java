package com.listingsync.console.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.Json;
import com.listingsync.console.live.Instance;
import com.listingsync.console.live.InstanceHttp;
import com.listingsync.console.live.Instances;
import com.listingsync.console.live.ServiceAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The sinks that run, as far as their addresses are known. Thread-safe.
 *
 * @param instances of all services
 */
record SinkInstances(Instances instances) {

    private static final String SINK = "sink";

    /**
     * Those of the services in the setting's text whose name begins with {@code sink}.
     *
     * @throws SettingsException when it is no list of services
     */
    static SinkInstances of(String services) {
        return new SinkInstances(new Instances(ServiceAddresses.parse(services)));
    }

    /** What each tells of its cutover, by its address for people; empty for one that does not answer. */
    Map<String, Optional<JsonNode>> cutovers() {
        InstanceHttp http = new InstanceHttp();
        Map<String, CompletableFuture<Optional<JsonNode>>> asked = new LinkedHashMap<>();
        for (Instance each : instances.now()) {
            if (each.service().startsWith(SINK)) {
                asked.put(
                        each.root().getAuthority(),
                        InstanceHttp.orSilent(
                                http.get(each, "/health/ready").thenApply(SinkInstances::cutover), Optional::empty));
            }
        }
        Map<String, Optional<JsonNode>> told = new LinkedHashMap<>();
        asked.forEach((address, cutover) -> told.put(address, cutover.join()));
        return told;
    }

    private static Optional<JsonNode> cutover(byte[] health) {
        try {
            return Optional.of(Json.MAPPER.readTree(health).path("cutover")).filter(JsonNode::isObject);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
