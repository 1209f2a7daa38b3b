package com.listingsync.producer.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.meter.Meters;
import com.listingsync.producer.connection.Limits;
import com.listingsync.producer.upstream.UpstreamException.Kind;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Prometheus is told of the requests of a connection. */
class GuardMetersTest {

    private final Meters meters = new Meters();
    private final Guard guard = new Guard(
            "mls",
            new Limits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(100), OptionalInt.empty(), 4),
            new RetryRule(3, Duration.ofMillis(1), Duration.ofMinutes(1), Duration.ofSeconds(1)),
            meters,
            new SettableClock());

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void countsRepeatedRequestsByCause() throws Exception {
        AtomicInteger attempts = new AtomicInteger();

        guard.call(() -> {
            if (attempts.incrementAndGet() < 3) {
                throw new UpstreamException(Kind.PASSING, 502, null, "bad gateway", null);
            }
            return "read";
        });

        assertThat(meters.scrape())
                .contains("listings_producer_retries_total{cause=\"passing\",connection=\"mls\"} 2.0");
    }

    @Test
    void tellsWhatIsLeftOfWhat() throws Exception {
        guard.call(() -> "read");

        assertThat(meters.scrape())
                .contains("listings_producer_requests_left{connection=\"mls\",window=\"hour\"} 99.0")
                .contains("listings_producer_requests_limit{connection=\"mls\",window=\"hour\"} 100.0");
    }
}
