package com.listingsync.console.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.Json;
import com.listingsync.console.live.Instance;
import com.listingsync.console.live.Instances;
import com.listingsync.console.live.ServiceAddresses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sinks that run, as far as their addresses are known. Thread-safe.
 *
 * @param instances of all services
 */
record SinkInstances(Instances instances) {

    /** Names the addresses of services. */
    static final String SETTING = "SYNC_CONSOLE_SERVICES";

    private static final String SINK = "sink";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /**
     * Those of the services in this text whose name begins with {@code sink}.
     *
     * @throws SettingsException when it is no list of services
     */
    static SinkInstances of(String services) {
        return new SinkInstances(new Instances(ServiceAddresses.parse(SETTING, services)));
    }

    /** What each tells of its cutover, by its address for people; empty for one that does not answer. */
    Map<String, Optional<JsonNode>> cutovers() throws InterruptedException {
        HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        Map<String, Optional<JsonNode>> told = new LinkedHashMap<>();
        for (Instance each : instances.now()) {
            if (each.service().startsWith(SINK)) {
                told.put(each.root().getAuthority(), cutover(http, each.root()));
            }
        }
        return told;
    }

    private static Optional<JsonNode> cutover(HttpClient http, URI root) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(root.resolve("/health/ready"))
                    .timeout(PATIENCE)
                    .build();
            JsonNode health = Json.MAPPER.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
            return Optional.of(health.path("cutover")).filter(JsonNode::isObject);
        } catch (IOException e) {
            // Away, or something else answers there: said as that.
            return Optional.empty();
        }
    }
}
