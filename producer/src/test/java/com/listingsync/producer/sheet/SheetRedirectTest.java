package com.listingsync.producer.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.Secret;
import com.listingsync.producer.connection.Limits;
import com.listingsync.producer.connection.Polling;
import com.listingsync.producer.connection.SheetCredentials;
import com.listingsync.producer.connection.Spreadsheet;
import com.listingsync.producer.upstream.Guard;
import com.listingsync.producer.upstream.RetryRule;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever answers in Google's place can't have something else asked, nor the token sent there. */
class SheetRedirectTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MockWebServer named = new MockWebServer();
    private final MockWebServer inside = new MockWebServer();
    private final Meters meters = new Meters();

    @BeforeEach
    void start() throws IOException {
        named.start();
        inside.start();
    }

    @AfterEach
    void stop() {
        named.close();
        inside.close();
        meters.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void asksNothingOfWhereARedirectLeads(int status) throws InterruptedException {
        named.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Location", inside.url("/latest/meta-data").toString())
                .build());

        assertThat(SheetProbe.of("sheet", spreadsheet(), guard(), meters).toString())
                .contains("HTTP " + status + ": it redirects elsewhere", "sheets_url");

        assertThat(named.getRequestCount()).isOne();
        assertThat(inside.getRequestCount()).isZero();
    }

    @Test
    void asksWhereItIsTold() throws InterruptedException {
        named.enqueue(new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body("{\"properties\": {\"timeZone\": \"America/Toronto\"}}")
                .build());

        assertThat(SheetProbe.of("sheet", spreadsheet(), guard(), meters).toString())
                .contains("America/Toronto");
        assertThat(named.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer of-the-sheet");
    }

    private Guard guard() {
        return new Guard(
                "sheet",
                new Limits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), 4),
                new RetryRule(1, Duration.ofMillis(1), PATIENCE, PATIENCE),
                meters,
                Clock.systemUTC());
    }

    private Spreadsheet spreadsheet() {
        return new Spreadsheet(
                "id",
                new SheetCredentials.AccessToken(new Secret("of-the-sheet")),
                List.of(),
                new Polling(Duration.ofMinutes(5), Duration.ofMinutes(1)),
                Duration.ofDays(1),
                0.5,
                Optional.of(named.url("/").uri()),
                Optional.of(named.url("/").uri()));
    }
}
