package com.listingsync.console.api;

import static com.listingsync.console.api.ApiUnderTest.APPLICATION_JSON;
import static com.listingsync.console.api.ApiUnderTest.JSON;
import static com.listingsync.console.api.ConsoleUnderTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.ConsoleApp;
import com.listingsync.console.access.KeysFile;
import com.listingsync.console.access.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who gets in at the API: keys and their roles, and browsers on pages of somebody else. */
abstract class EntranceSpec {

    private final ConsoleUnderTest world;
    private final ConsoleApp open;
    private final ConsoleApp locked;
    private final KeysFile keys;
    private final String viewer;
    private final String operator;

    EntranceSpec(ApiUnderTest api) {
        world = api.world;
        open = api.open;
        locked = api.locked;
        keys = api.keys;
        viewer = api.viewer;
        operator = api.operator;
    }

    @Test
    void needsAKeyOnceThereIsOneAndTheRoleForWhatIsAsked() {
        String[] asViewer = {"authorization", "Bearer " + viewer, JSON, APPLICATION_JSON};
        String[] asOperator = {"authorization", "Bearer " + operator, JSON, APPLICATION_JSON};
        String nothing = "{\"connections\":[\"nowhere\"]}";

        assertThat(world.get(locked, "/api/runs").statusCode()).isEqualTo(401);
        assertThat(world.get(locked, "/api/runs").headers().firstValue("www-authenticate"))
                .hasValue("Bearer realm=\"listing-sync\"");
        assertThat(world.get(locked, "/api/runs", asViewer).statusCode()).isEqualTo(200);
        assertThat(world.post(locked, "/api/sync", nothing, asViewer).statusCode())
                .isEqualTo(403);
        assertThat(world.post(locked, "/api/sync", nothing, asOperator).statusCode())
                .isEqualTo(422);
        assertThat(json(world.get(locked, "/api/session", asViewer))
                        .path("name")
                        .asText())
                .isEqualTo("screen");
        assertThat(world.get(locked, "/").statusCode()).isEqualTo(200);
    }

    @Test
    void forgetsARevokedKeyWithinSeconds() {
        String passing = keys.add("passing", Role.VIEWER, Clock.systemUTC(), new Random(3));
        String[] with = {"authorization", "Bearer " + passing};
        await().untilAsserted(() ->
                assertThat(world.get(locked, "/api/runs", with).statusCode()).isEqualTo(200));

        keys.revoke("passing", Clock.systemUTC());

        await().untilAsserted(() ->
                assertThat(world.get(locked, "/api/runs", with).statusCode()).isNotEqualTo(200));
    }

    @Test
    void slowsDownWhoeverShowsWrongKeysAndNobodyElse() {
        ConsoleApp another =
                world.console(Map.of("SYNC_CONSOLE_KEYS", keys.path().toString()));
        for (int i = 0; i < 10; i++) {
            assertThat(world.get(another, "/api/runs", "authorization", "Bearer wrong")
                            .statusCode())
                    .isEqualTo(401);
        }

        HttpResponse<String> eleventh = world.get(another, "/api/runs", "authorization", "Bearer wrong");

        assertThat(eleventh.statusCode()).isEqualTo(429);
        assertThat(eleventh.headers().firstValue("retry-after")).isPresent();
        assertThat(world.get(another, "/api/session", "authorization", "Bearer " + viewer)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void listensElsewhereOnlyWithKeys() {
        assertThatThrownBy(() -> world.console(Map.of("SYNC_CONSOLE_HOST", "0.0.0.0")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "SYNC_CONSOLE_HOST: the console listens on 0.0.0.0 only when there are API keys");

        ConsoleApp everywhere = world.console(Map.of(
                "SYNC_CONSOLE_HOST", "0.0.0.0", "SYNC_CONSOLE_KEY", "planted-secret-of-an-operator-by-environment"));

        assertThat(world.get(everywhere, "/api/session").statusCode()).isEqualTo(401);
        assertThat(world.get(
                                everywhere,
                                "/api/session",
                                "authorization",
                                "Bearer planted-secret-of-an-operator-by-environment")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersNoForeignPageAndNoForeignName() throws IOException {
        String rebound =
                RawCall.of(open, "GET /api/runs HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n");
        String crossSite = RawCall.of(
                open,
                "POST /api/sync HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
        String form = RawCall.of(
                open,
                "POST /api/sync HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                        + "Content-Length: 2\r\nConnection: close\r\n\r\n{}");
        String preflight = RawCall.of(
                open,
                "OPTIONS /api/sync HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n"
                        + "Access-Control-Request-Method: POST\r\nConnection: close\r\n\r\n");

        assertThat(rebound).startsWith("HTTP/1.1 403").contains("localhost and 127.0.0.1");
        assertThat(crossSite).startsWith("HTTP/1.1 403").contains("another origin");
        assertThat(form).startsWith("HTTP/1.1 415");
        assertThat(preflight).startsWith("HTTP/1.1 405").doesNotContainIgnoringCase("access-control-allow");
    }
}
