package com.listingsync.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks every service how it is. Confined to the thread that looks. */
final class ServicesWatch {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ServiceAddresses addresses;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    ServicesWatch(ServiceAddresses addresses, Clock clock) {
        this.addresses = addresses;
        this.clock = clock;
    }

    /** Every service as it is now. */
    List<ServiceView> look() throws InterruptedException {
        List<ServiceView> seen = new ArrayList<>();
        for (var each : addresses.roots().entrySet()) {
            seen.add(look(each.getKey(), each.getValue()));
        }
        return List.copyOf(seen);
    }

    private ServiceView look(String name, URI root) throws InterruptedException {
        long at = clock.millis();
        try {
            JsonNode health = Json.MAPPER.readTree(get(root, "/health/ready"));
            List<String> problems = new ArrayList<>();
            health.path("checks").forEach(check -> {
                if (!check.path("ok").asBoolean()) {
                    problems.add(check.path("name").asText() + ": "
                            + check.path("problem").asText());
                }
            });
            boolean up = health.path("status").asText().equals("up");
            List<Sample> samples = Sample.of(new String(get(root, "/metrics"), StandardCharsets.UTF_8));
            return new ServiceView(
                    name, up ? ServiceView.State.UP : ServiceView.State.DOWN, problems, health, samples, at);
        } catch (IOException | NumberFormatException e) {
            // It is away or in the middle of a restart: it is asked again at the next look.
            return ServiceView.silent(name, "does not answer at " + root, at);
        }
    }

    private byte[] get(URI root, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(root.resolve(path)).timeout(PATIENCE).build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }
}
