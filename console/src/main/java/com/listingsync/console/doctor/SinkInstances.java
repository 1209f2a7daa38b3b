package com.listingsync.console.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.Json;
import com.listingsync.console.live.ServiceAddresses;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sinks that run, as far as their addresses are known: a name that stands for several machines, as that of a scaled service does, is
 * every one of them. Thread-safe.
 *
 * @param roots of the addresses that were named
 */
record SinkInstances(List<URI> roots) {

    /** Names the addresses of services. */
    static final String SETTING = "SYNC_CONSOLE_SERVICES";

    private static final String SINK = "sink";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    SinkInstances {
        roots = List.copyOf(roots);
    }

    /**
     * Those of the services in this text whose name begins with {@code sink}.
     *
     * @throws SettingsException when it is no list of services
     */
    static SinkInstances of(String services) {
        return new SinkInstances(ServiceAddresses.parse(SETTING, services).roots().entrySet().stream()
                .filter(each -> each.getKey().startsWith(SINK))
                .map(Map.Entry::getValue)
                .toList());
    }

    /** What each tells of its cutover, by its address for people; empty for one that does not answer. */
    Map<String, Optional<JsonNode>> cutovers() throws InterruptedException {
        HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        Map<String, Optional<JsonNode>> told = new LinkedHashMap<>();
        for (URI root : roots) {
            // Over TLS the name is part of the proof, so there it stays as it is.
            List<String> hosts = "https".equals(root.getScheme()) ? List.of(root.getHost()) : machines(root.getHost());
            for (String host : hosts) {
                String address = host + (root.getPort() < 0 ? "" : ":" + root.getPort());
                told.put(address, cutover(http, URI.create(root.getScheme() + "://" + address)));
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

    /** All machines behind a name; this machine is one, whatever its addresses. */
    private static List<String> machines(String host) {
        List<String> machines = new ArrayList<>();
        try {
            for (InetAddress each : InetAddress.getAllByName(host)) {
                if (each.isLoopbackAddress()) {
                    return List.of(host);
                }
                machines.add(each instanceof Inet6Address ? "[" + each.getHostAddress() + "]" : each.getHostAddress());
            }
        } catch (UnknownHostException e) {
            // Asked under its name it does not answer either, and that is said.
            return List.of(host);
        }
        return machines;
    }
}
