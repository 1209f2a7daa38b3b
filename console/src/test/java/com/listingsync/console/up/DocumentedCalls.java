package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.ConsoleApp;
import com.listingsync.console.access.KeysFile;
import com.listingsync.console.access.Role;
import com.listingsync.embedded.world.SampleWorld;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Every {@code curl} of a page, sent as the page has it to the console of a running {@code up}, and to one that wants a key. */
final class DocumentedCalls {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, String> environment;
    private final Path folder;
    private final Map<String, String> bindings = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * @param data the data folder of the running {@code up}
     * @param folder for the file of keys
     * @param world where the page's example is to be found
     */
    DocumentedCalls(Path data, Path folder, SampleWorld world) throws IOException {
        this.environment = new HashMap<>(Endpoints.environmentOf(data));
        this.folder = folder;
        JsonNode endpoints = Json.MAPPER.readTree(data.resolve("endpoints.json").toFile());
        bindings.put("http://localhost:8080", endpoints.path("console").asText().replaceAll("/$", ""));
        bindings.put("AA13226", new Truth(world).propertyNumbers().iterator().next());
    }

    /** A test for each page that has a call. */
    Stream<DynamicTest> tests() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("..", "docs"))) {
            List<DynamicTest> tests = new ArrayList<>();
            for (Path page : docs.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                List<PageCall> calls = PageCall.of(page);
                if (!calls.isEmpty()) {
                    tests.add(DynamicTest.dynamicTest(page.getFileName().toString(), () -> make(calls)));
                }
            }
            return tests.stream();
        }
    }

    private void make(List<PageCall> calls) {
        KeysFile keys = new KeysFile(folder.resolve("keys-of-the-page/api-keys.json"));
        bindings.put("lsk_…", keys.add("ann", Role.OPERATOR, Clock.systemUTC(), new SecureRandom()));
        environment.putAll(Map.of(
                "SYNC_CONSOLE_PORT", "0", "SYNC_CONSOLE_KEYS", keys.path().toString()));
        try (ConsoleApp locked = ConsoleApp.start(environment)) {
            bindings.put("http://console:8080", locked.api().toString().replaceAll("/$", ""));
            ShownAnswer answers = new ShownAnswer();
            calls.forEach(call -> makeOne(call, answers));
        }
    }

    private void makeOne(PageCall call, ShownAnswer shown) {
        if (call.isLook()) {
            await().atMost(PATIENCE).untilAsserted(() -> assertAnswered(call, shown));
        } else {
            assertAnswered(call, shown);
        }
    }

    private void assertAnswered(PageCall call, ShownAnswer shown) {
        JsonNode answer = answer(call, shown);

        assertThat(shown.differences(call.shown(), answer))
                .as("%s %s: %s", call.method(), call.url(), answer)
                .isEmpty();
    }

    private JsonNode answer(PageCall call, ShownAnswer shown) {
        try {
            return Json.MAPPER.readTree(
                    http.send(call.request(text -> bound(shown.bound(text))), HttpResponse.BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            throw new AssertionError(call.url() + " got no answer that is JSON", e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private String bound(String text) {
        String bound = text;
        for (Map.Entry<String, String> binding : bindings.entrySet()) {
            bound = bound.replace(binding.getKey(), binding.getValue());
        }
        return bound;
    }
}
