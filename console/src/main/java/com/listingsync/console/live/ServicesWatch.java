package com.listingsync.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks every instance of every service how it is, side by side. Thread-safe. */
final class ServicesWatch {

    private final Instances instances;
    private final Clock clock;
    private final InstanceHttp http = new InstanceHttp();

    ServicesWatch(Instances instances, Clock clock) {
        this.instances = instances;
        this.clock = clock;
    }

    /** Every instance as it is now. */
    List<ServiceView> look() {
        List<CompletableFuture<ServiceView>> asked =
                instances.now().stream().map(this::ask).toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<ServiceView> ask(Instance instance) {
        long at = clock.millis();
        // One that is silent is asked again at the next look.
        return InstanceHttp.orSilent(
                http.get(instance, "/health/ready")
                        .thenCombine(
                                http.get(instance, "/metrics"), (health, meters) -> view(instance, health, meters, at)),
                () -> ServiceView.silent(instance, "does not answer at " + instance.root(), at));
    }

    private static ServiceView view(Instance instance, byte[] ready, byte[] meters, long at) {
        JsonNode health = read(ready);
        List<String> problems = new ArrayList<>();
        health.path("checks").forEach(check -> {
            if (!check.path("ok").asBoolean()) {
                problems.add(check.path("name").asText() + ": "
                        + check.path("problem").asText());
            }
        });
        boolean up = health.path("status").asText().equals("up");
        return new ServiceView(
                instance.service(),
                instance.name(),
                up ? ServiceView.State.UP : ServiceView.State.DOWN,
                problems,
                health,
                Sample.of(new String(meters, StandardCharsets.UTF_8)),
                at);
    }

    private static JsonNode read(byte[] json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
