package com.listingsync.common.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @Test
    void readsSeconds() {
        assertThat(wait("Retry-After", "30")).contains(Duration.ofSeconds(30));
        assertThat(wait("X-Rate-Limit-Retry-After-Seconds", "1.5")).contains(Duration.ofMillis(1_500));
    }

    @Test
    void readsADate() {
        assertThat(wait("Retry-After", "Sun, 22 Nov 2026 08:01:00 GMT")).contains(Duration.ofMinutes(1));
        assertThat(wait("Retry-After", "Sun, 22 Nov 2026 07:00:00 GMT")).contains(Duration.ZERO);
    }

    @Test
    void takesTheLongerOfTwo() {
        Map<String, String> headers = Map.of("Retry-After", "5", "X-Rate-Limit-Retry-After-Seconds", "9");

        assertThat(RetryAfter.of(headers::get, NOW)).contains(Duration.ofSeconds(9));
    }

    @Test
    void takesADayForAllThatIsLonger() {
        assertThat(wait("Retry-After", "86400")).contains(Duration.ofDays(1));
        assertThat(wait("Retry-After", "999999999")).contains(Duration.ofDays(1));
        assertThat(wait("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")).contains(Duration.ofDays(1));
    }

    @Test
    void ignoresWhatSaysNothing() {
        assertThat(wait("Retry-After", "soon")).isEmpty();
        assertThat(wait("Other", "5")).isEmpty();
    }

    private static Optional<Duration> wait(String header, String value) {
        return RetryAfter.of(Map.of(header, value)::get, NOW);
    }
}
