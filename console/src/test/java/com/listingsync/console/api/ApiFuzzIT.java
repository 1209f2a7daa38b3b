package com.listingsync.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.ConsoleApp;
import com.listingsync.console.openapi.ApiDocument;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every operation of the OpenAPI document, called as it must not be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiFuzzIT {

    /** What people and programs put where something else belongs: none of it may be more than text to us. */
    private static final List<String> WORDS = List.of(
            "",
            " ",
            "0",
            "-1",
            "1e9",
            "99999999999999999999",
            "NaN",
            "true",
            "null",
            "[]",
            "{}",
            "'",
            "\"",
            "' or '1'='1",
            "1; drop table properties; --",
            "$filter=ListingKey ne null",
            "../../etc/passwd",
            "..;/",
            "${jndi:ldap://x/y}",
            "<script>alert(1)</script>",
            "\r\nSet-Cookie: a=b",
            "\u0000",
            "\u202e\u200b",
            "\ud83c\udfe0",
            "é̂",
            "a".repeat(5_000));

    @TempDir
    static Path temporary;

    private ConsoleUnderTest world;
    private ConsoleApp console;

    @BeforeAll
    void start() {
        world = new ConsoleUnderTest(temporary.resolve("kafka"));
        console = world.console(Map.of(
                "CRON_SECRET",
                "planted-secret-of-the-scheduler",
                "SYNC_HOOK_SECRET",
                "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
                "SYNC_HOOK_DRIVE_TOKEN",
                "a-token-of-drive-with-32-letters-"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(console.health().isReady()).isTrue());
    }

    @AfterAll
    void stop() {
        assertThat(world.commands).as("commands that wrong calls have led to").isEmpty();
        world.close();
    }

    @TestFactory
    Stream<DynamicTest> answersWrongParametersWithAClearProblem() {
        return operations()
                .filter(each -> !each.id().equals("streamEvents"))
                .map(each -> DynamicTest.dynamicTest(each.method() + " " + each.path(), () -> {
                    for (String word : WORDS) {
                        for (String address : addresses(each, word)) {
                            check(each, world.send(console, each.method(), address, "", headers(each)), address);
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> answersWrongBodiesWithAClearProblem() {
        return operations()
                .filter(each -> each.written().has("requestBody"))
                .map(each -> DynamicTest.dynamicTest(each.method() + " " + each.path(), () -> {
                    boolean required =
                            each.written().at("/requestBody/required").asBoolean();
                    for (String body : bodies(each.schema())) {
                        if (body.isEmpty() && !required) {
                            continue;
                        }
                        String address = each.path().replaceAll("\\{\\w+\\}", "mls");
                        HttpResponse<String> answer = world.send(console, each.method(), address, body, headers(each));
                        assertThat(answer.statusCode()).as(body).isBetween(400, 499);
                        check(each, answer, body);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> answersEveryOtherMethodWithAClearProblem() {
        return operations()
                .flatMap(each -> Stream.of("PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND")
                        .map(method -> DynamicTest.dynamicTest(method + " " + each.path(), () -> {
                            HttpResponse<String> answer =
                                    world.send(console, method, each.path().replaceAll("\\{\\w+\\}", "x"), "{}");
                            assertThat(answer.statusCode()).isEqualTo(405);
                            check(each, answer, method);
                        })));
    }

    /**
     * One operation as the document has it.
     *
     * @param written what stands there
     * @param schema of its body
     */
    private record Fuzzed(String method, String path, JsonNode written, JsonNode schema) {
        String id() {
            return written.path("operationId").asText();
        }
    }

    private static Stream<Fuzzed> operations() {
        JsonNode document = ApiDocument.read().json();
        List<Fuzzed> all = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> all.add(new Fuzzed(
                                method.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getKey(),
                                method.getValue(),
                                resolved(
                                        document,
                                        method.getValue()
                                                .path("requestBody")
                                                .path("content")
                                                .path("application/json")
                                                .path("schema"))))));
        return all.stream();
    }

    private static JsonNode resolved(JsonNode document, JsonNode written) {
        return written.has("$ref") ? document.at(written.path("$ref").asText().substring(1)) : written;
    }

    private static List<String> addresses(Fuzzed operation, String word) {
        String encoded = URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
        List<String> addresses = new ArrayList<>();
        JsonNode document = ApiDocument.read().json();
        String plain = operation.path().replaceAll("\\{\\w+\\}", "x");
        addresses.add(plain + "?nothing=" + encoded);
        if (!word.isEmpty()) {
            addresses.add(plain + "?" + encoded);
        }
        if (operation.path().contains("{") && !word.isEmpty()) {
            addresses.add(operation.path().replaceAll("\\{\\w+\\}", encoded));
        }
        operation.written().path("parameters").forEach(written -> {
            JsonNode parameter = resolved(document, written);
            if (parameter.path("in").asText().equals("query")) {
                addresses.add(plain + "?" + parameter.path("name").asText() + "=" + encoded);
                addresses.add(plain + "?" + parameter.path("name").asText() + "=1&"
                        + parameter.path("name").asText() + "=" + encoded);
            }
        });
        addresses.add(plain + "?limit=%ff%fe");
        addresses.add(plain + "?limit=%ED%A0%80");
        return addresses;
    }

    private static List<String> bodies(JsonNode schema) throws com.fasterxml.jackson.core.JsonProcessingException {
        List<String> bodies = new ArrayList<>(List.of(
                "",
                "null",
                "[]",
                "7",
                "\"text\"",
                "{",
                "{\"a\":}",
                "{} {}",
                "\u0000",
                "[".repeat(5_000),
                "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000),
                "{\"unknown' or 1=1 --\":1}",
                "{\"force\":true,\"force\":false}",
                "{\"keys\":[\"" + "x".repeat(300) + "\"]}",
                "{\"propertyNumbers\":[\"a\\u0000b\"]}"));
        if (schema.path("additionalProperties").asBoolean(true)) {
            bodies.removeIf(body -> body.startsWith("{\"unknown"));
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String type = property.getValue().path("type").asText();
            if (type.isEmpty()) {
                // Any value is one.
                continue;
            }
            for (String value :
                    List.of("null", "\"x\\u0000\"", "1.5", "{}", "[[]]", "[{}]", "[null]", "1e400", "-99999999999")) {
                if (!(type.equals("object") && value.equals("{}"))) {
                    ObjectNode body = Json.MAPPER.createObjectNode();
                    bodies.add(
                            body.put("k", 0).toString().replace("\"k\":0", "\"" + property.getKey() + "\":" + value));
                }
            }
        }
        return bodies;
    }

    private static String[] headers(Fuzzed operation) {
        return operation.written().has("requestBody")
                ? new String[] {"content-type", "application/json"}
                : new String[] {"accept", "*/*"};
    }

    private static void check(Fuzzed operation, HttpResponse<String> answer, String sent) {
        String shown = sent.length() > 80 ? sent.substring(0, 80) : sent;
        // What needs a project says that none is named here; that is an answer too.
        boolean unnamed = answer.statusCode() == 503 && answer.body().contains("not set at the console");
        assertThat(unnamed || answer.statusCode() < 500)
                .as("%s %s: %s", operation.id(), shown, answer)
                .isTrue();
        if (answer.statusCode() >= 400) {
            assertThat(answer.headers().firstValue("content-type"))
                    .as("%s %s", operation.id(), shown)
                    .hasValue("application/problem+json");
            JsonNode problem = ConsoleUnderTest.json(answer);
            assertThat(problem.path("detail").asText())
                    .as(shown)
                    .isNotBlank()
                    .doesNotContain("Exception", "\n", "<script");
            assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
            assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
        }
    }
}
