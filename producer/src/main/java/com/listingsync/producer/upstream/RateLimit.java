package com.listingsync.producer.upstream;

import com.listingsync.producer.connection.Limits;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;

/**
 * The requests that one connection may make: so many a second, minute, hour and day, and so many at the same time, over
 * all of its feeds. Thread-safe; callers block until they may go.
 */
final class RateLimit {

    /** A request that would have to wait longer fails its pass, which says so and is repeated on schedule. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final List<RateLimiter> windows = new ArrayList<>();
    private final Semaphore concurrency;

    RateLimit(String connection, Limits limits) {
        add(connection + "-second", limits.perSecond(), Duration.ofSeconds(1));
        add(connection + "-minute", limits.perMinute(), Duration.ofMinutes(1));
        add(connection + "-hour", limits.perHour(), Duration.ofHours(1));
        add(connection + "-day", limits.perDay(), Duration.ofDays(1));
        this.concurrency = new Semaphore(limits.concurrency(), true);
    }

    /**
     * Waits for a permit; the caller gives it back with {@link #release()}.
     *
     * @throws UpstreamException when the configured limit allows no request for a long while
     * @throws InterruptedException when the connection is being stopped
     */
    void acquire() throws InterruptedException {
        for (RateLimiter window : windows) {
            if (!window.acquirePermission()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("stopped while waiting for the rate limit");
                }
                throw new UpstreamException(
                        UpstreamException.Kind.FINAL,
                        "the configured limit of requests is used up for more than " + LONGEST_WAIT.toMinutes()
                                + " minutes; the next pass goes on",
                        null);
            }
        }
        concurrency.acquire();
    }

    void release() {
        concurrency.release();
    }

    private void add(String name, OptionalInt limit, Duration window) {
        limit.ifPresent(requests -> windows.add(RateLimiter.of(
                name,
                RateLimiterConfig.custom()
                        .limitForPeriod(requests)
                        .limitRefreshPeriod(window)
                        .timeoutDuration(LONGEST_WAIT)
                        .build())));
    }
}
