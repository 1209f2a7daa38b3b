package com.listingsync.producer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.FeedName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Prometheus is told of a feed. */
class FeedMetersTest {

    private static final String UNREAD = "listings_producer_feed_unread_seconds{connection=\"mls\",feed=\"media\"} ";

    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private final Meters meters = new Meters();
    private final FeedMeters feed = new SourceMeters(meters, new MovingClock()).of(new FeedName("mls", "media"));

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void countsTheTimeSinceItWasTakenOver() {
        feed.interval(Duration.ofMinutes(5));

        now = now.plusSeconds(90);

        assertThat(meters.scrape())
                .contains(UNREAD + "90.0\n")
                .contains("listings_producer_feed_interval_seconds{connection=\"mls\",feed=\"media\"} 300.0\n");
    }

    @Test
    void countsTheTimeSinceItWasReadToItsEnd() {
        feed.interval(Duration.ofMinutes(5));
        now = now.plusSeconds(90);
        feed.readToEnd();

        now = now.plusSeconds(30);

        assertThat(meters.scrape()).contains(UNREAD + "30.0\n");
    }

    @Test
    void isNeverLateWhereAnotherInstanceReadsIt() {
        feed.interval(Duration.ofMinutes(5));
        feed.interval(Duration.ZERO);

        now = now.plusSeconds(90_000);

        assertThat(meters.scrape()).contains(UNREAD + "0.0\n");
    }

    @Test
    void measuresHowOldAChangeIsWhenItArrives() {
        feed.fresh(now.minusSeconds(20));
        feed.fresh(now.plusSeconds(3));

        assertThat(meters.scrape())
                .contains("listings_producer_freshness_seconds_sum{connection=\"mls\",feed=\"media\"} 20.0\n")
                .contains("listings_producer_freshness_seconds_count{connection=\"mls\",feed=\"media\"} 2\n");
    }

    @Test
    void tellsCommitsThatFailedFromTheOthers() {
        feed.commit(() -> {});
        assertThatThrownBy(() -> feed.commit(() -> {
                    throw new IllegalStateException("fenced");
                }))
                .hasMessage("fenced");

        assertThat(meters.scrape())
                .contains("listings_transactions_seconds_count{outcome=\"committed\",stage=\"producer\"} 1\n")
                .contains("listings_transactions_seconds_count{outcome=\"failed\",stage=\"producer\"} 1\n");
    }

    private final class MovingClock extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("nobody asks for another zone");
        }
    }
}
