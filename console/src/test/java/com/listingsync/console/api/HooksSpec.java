package com.listingsync.console.api;

import static com.listingsync.console.api.ApiUnderTest.APPLICATION_JSON;
import static com.listingsync.console.api.ApiUnderTest.DRIVE;
import static com.listingsync.console.api.ApiUnderTest.HOOK_KEY;
import static com.listingsync.console.api.ApiUnderTest.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.console.ConsoleApp;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Webhooks of servers that say what has changed: whose are believed, and what is fetched for them. */
abstract class HooksSpec {

    private final ConsoleUnderTest world;
    private final ConsoleApp open;

    HooksSpec(ApiUnderTest api) {
        world = api.world;
        open = api.open;
    }

    @Test
    void fetchesExactlyTheListingsThatASignedWebhookNames() throws Exception {
        String body = "{\"@reso.context\":\"urn:reso:metadata:2.0:resource:entityevent\",\"value\":["
                + "{\"EntityEventSequence\":1,\"ResourceName\":\"Property\",\"ResourceRecordKey\":\"L1\"},"
                + "{\"EntityEventSequence\":2,\"ResourceName\":\"Property\",\"ResourceRecordKey\":\"L2\"},"
                + "{\"EntityEventSequence\":3,\"ResourceName\":\"Member\",\"ResourceRecordKey\":\"M1\"}]}";
        String at = Long.toString(System.currentTimeMillis() / 1000);
        String[] signed = signed("msg-1", at, body);

        HttpResponse<String> answer = world.post(open, "/api/hooks/reso/mls", body, signed);
        HttpResponse<String> replayed = world.post(open, "/api/hooks/reso/mls", body, signed);
        HttpResponse<String> forged = world.post(open, "/api/hooks/reso/mls", body.replace("L1", "L9"), signed);
        HttpResponse<String> old = world.post(open, "/api/hooks/reso/mls", body, signed("msg-2", "1700000000", body));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(replayed.statusCode()).isEqualTo(202);
        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(old.statusCode()).isEqualTo(401);
        await().untilAsserted(() -> assertThat(world.commands)
                .filteredOn(command -> command.requestedBy().equals("webhook")
                        && command.connection().equals("mls"))
                .singleElement()
                .satisfies(command -> {
                    assertThat(command.feeds()).containsExactly("property");
                    assertThat(command.keys()).containsExactly("L1", "L2");
                }));
    }

    @Test
    void readsASpreadsheetWhenDriveSaysItHasChanged() {
        String path = "/api/hooks/drive/sheet";

        assertThat(world.post(open, path, "", "x-goog-channel-token", "wrong", "x-goog-resource-state", "update")
                        .statusCode())
                .isEqualTo(401);
        assertThat(world.post(open, path, "", "x-goog-channel-token", DRIVE, "x-goog-resource-state", "update")
                        .statusCode())
                .isEqualTo(202);

        await().untilAsserted(() -> assertThat(world.commands)
                .filteredOn(command -> command.requestedBy().equals("webhook")
                        && command.connection().equals("sheet"))
                .singleElement()
                .satisfies(command -> assertThat(command.feeds()).containsExactly("Listings")));
    }

    private static String[] signed(String id, String at, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HOOK_KEY, "HmacSHA256"));
        String signature = Base64.getEncoder()
                .encodeToString(mac.doFinal((id + "." + at + "." + body).getBytes(StandardCharsets.UTF_8)));
        return new String[] {
            JSON,
            APPLICATION_JSON,
            "webhook-id",
            id,
            "webhook-timestamp",
            at,
            "webhook-signature",
            "v1,somebody-elses v1," + signature
        };
    }
}
