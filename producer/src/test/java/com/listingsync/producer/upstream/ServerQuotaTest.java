package com.listingsync.producer.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerQuotaTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @Test
    void waitsUntilTrestlesHourIsRenewed() {
        String reset = Long.toString(NOW.plusSeconds(600).toEpochMilli());

        assertThat(exhausted(Map.of("Hour-Quota-Available", "0", "Hour-Quota-ResetTime", reset)))
                .contains(Duration.ofMinutes(10));
        assertThat(exhausted(Map.of("Hour-Quota-Available", "7150.0", "Hour-Quota-ResetTime", reset)))
                .isEmpty();
        assertThat(exhausted(Map.of("Hour-Quota-ResetTime", reset))).isEmpty();
    }

    @Test
    void waitsUntilBridgesBurstIsRenewed() {
        assertThat(exhausted(Map.of("Burst-RateLimit-Remaining", "0", "Burst-RateLimit-Reset", "2026-11-22T08:00:30Z")))
                .contains(Duration.ofSeconds(30));
    }

    @Test
    void readsSecondsFromNowAndSecondsSince1970() {
        assertThat(exhausted(Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "42")))
                .contains(Duration.ofSeconds(42));
        assertThat(exhausted(Map.of(
                        "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", Long.toString(NOW.getEpochSecond() + 7))))
                .contains(Duration.ofSeconds(7));
    }

    @Test
    void hearsNothingInWordsThatSayNothing() {
        assertThat(exhausted(Map.of("X-Rate-Limit-Remaining", "0"))).isEmpty();
        assertThat(exhausted(Map.of("X-RateLimit-Remaining", "none", "X-RateLimit-Reset", "42")))
                .isEmpty();
        assertThat(exhausted(Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "soon")))
                .isEmpty();
    }

    @Test
    void hearsHowMuchTrestleAllows() {
        Map<String, String> headers = Map.of("Minute-Quota-Limit", "180.0", "Hour-Quota-Limit", "7200.0");

        assertThat(ServerQuota.limit(headers::get, "minute")).hasValue(180);
        assertThat(ServerQuota.limit(headers::get, "hour")).hasValue(7_200);
        assertThat(ServerQuota.limit(headers::get, "day")).isEmpty();
    }

    private static Optional<Duration> exhausted(Map<String, String> headers) {
        return ServerQuota.exhausted(headers::get, NOW);
    }
}
