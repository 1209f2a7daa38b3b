package com.listingsync.console.up;

import com.listingsync.console.live.ServiceAddresses;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The environment of each service of an {@code up}: the caller's own, so that every setting can be tried, but for what
 * names Kafka and Supabase. An {@code up} never writes to another Supabase project than its own. Immutable.
 */
final class ServiceEnvironments {

    /** Enough to see partitions at work, few enough for a laptop. */
    private static final String PARTITIONS = "4";

    private final Map<String, String> callers;
    private final Map<String, String> kafka;
    private final Ports ports;
    private final Path connections;

    ServiceEnvironments(Map<String, String> callers, String bootstrapServers, Ports ports, Path connections) {
        this.callers = withoutDestinations(callers);
        this.kafka = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                bootstrapServers,
                "SYNC_TOPIC_PREFIX",
                "listings",
                "SYNC_TOPIC_PARTITIONS",
                PARTITIONS,
                "SYNC_TOPIC_REPLICATION",
                "1");
        this.ports = ports;
        this.connections = connections.toAbsolutePath();
    }

    /** What a tool needs to talk to this {@code up}; holds no secret. */
    Map<String, String> tools() {
        Map<String, String> environment = new TreeMap<>(kafka);
        environment.put("SYNC_CONNECTIONS", connections.toString());
        // Who compares or replays has to know which rows the sink writes.
        for (String setting : List.of("SYNC_MODE", "SYNC_CUTOVER_PERCENT")) {
            environment.computeIfAbsent(setting, callers::get);
        }
        return environment;
    }

    /** As {@link #tools()}, with where the services answer. */
    Map<String, String> tools(Map<String, URI> services) {
        Map<String, String> environment = tools();
        environment.put(ServiceAddresses.SETTING, listed(services));
        return environment;
    }

    Map<String, String> producer() {
        Map<String, String> environment = service(Ports.Listener.PRODUCER);
        environment.put("SYNC_CONNECTIONS", connections.toString());
        // The first full run is asked for, so that it can be followed from its first record.
        environment.put("SYNC_FIRST_PASS", "command");
        return environment;
    }

    Map<String, String> processor(Path state) {
        Map<String, String> environment = service(Ports.Listener.PROCESSOR);
        environment.put("SYNC_STATE_DIR", state.toString());
        return environment;
    }

    Map<String, String> sink(String supabaseUrl, String serviceRoleKey) {
        Map<String, String> environment = service(Ports.Listener.SINK);
        environment.put("SYNC_CONNECTIONS", connections.toString());
        environment.put("SUPABASE_URL", supabaseUrl);
        environment.put("SUPABASE_SERVICE_ROLE_KEY", serviceRoleKey);
        return environment;
    }

    /** @param services where the other services answer health and metrics, by name */
    Map<String, String> console(String supabaseUrl, String serviceRoleKey, Map<String, URI> services) {
        Map<String, String> environment = service(Ports.Listener.CONSOLE_HEALTH);
        environment.put(ServiceAddresses.SETTING, listed(services));
        environment.put("SUPABASE_URL", supabaseUrl);
        environment.put("SUPABASE_SERVICE_ROLE_KEY", serviceRoleKey);
        environment.put("SYNC_CONSOLE_HOST", "127.0.0.1");
        environment.put("SYNC_CONSOLE_PORT", Integer.toString(ports.of(Ports.Listener.CONSOLE)));
        return environment;
    }

    private static String listed(Map<String, URI> services) {
        return services.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(","));
    }

    private Map<String, String> service(Ports.Listener endpoint) {
        Map<String, String> environment = new HashMap<>(callers);
        environment.putAll(kafka);
        environment.put("SYNC_HTTP_HOST", "127.0.0.1");
        environment.put("SYNC_HTTP_PORT", Integer.toString(ports.of(endpoint)));
        return environment;
    }

    private static Map<String, String> withoutDestinations(Map<String, String> callers) {
        Map<String, String> rest = new HashMap<>(callers);
        rest.keySet().removeIf(name -> name.startsWith("KAFKA_") || name.startsWith("SUPABASE_"));
        return rest;
    }
}
