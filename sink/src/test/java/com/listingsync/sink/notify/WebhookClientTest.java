package com.listingsync.sink.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.setting.Secret;
import com.listingsync.common.wire.Json;
import com.listingsync.sink.owner.Webhook;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookClientTest {

    private static final Secret KEY = new Secret("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");

    private final MockWebServer named = new MockWebServer();
    private final MockWebServer elsewhere = new MockWebServer();
    private final WebhookClient client = new WebhookClient(Clock.systemUTC());

    @BeforeEach
    void start() throws IOException {
        named.start();
        elsewhere.start();
    }

    @AfterEach
    void stop() {
        client.close();
        named.close();
        elsewhere.close();
    }

    @Test
    void goesWhereItIsSentAndNotWhereItIsRedirected() throws InterruptedException {
        named.enqueue(new MockResponse.Builder()
                .code(307)
                .addHeader("Location", elsewhere.url("/").toString())
                .build());
        elsewhere.enqueue(new MockResponse.Builder().build());

        client.send(new Webhook(named.url("/hook").uri(), KEY), notice());

        assertThat(named.takeRequest().getUrl().encodedPath()).isEqualTo("/hook");
        assertThat(elsewhere.getRequestCount()).isZero();
    }

    private static Notice notice() {
        return new Notice(
                "msg_1", Notice.STATUS_CHANGED, Instant.EPOCH, Json.MAPPER.createObjectNode(), "subject", "text");
    }
}
