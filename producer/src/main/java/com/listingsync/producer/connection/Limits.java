package com.listingsync.producer.connection;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What an upstream allows one account, over all feeds of the connection together. A rate that is empty is not limited.
 *
 * @param perSecond requests a second
 * @param perMinute requests a minute
 * @param perHour requests an hour
 * @param perDay requests a day
 * @param concurrency requests under way at the same time, at least 1
 */
public record Limits(
        OptionalInt perSecond, OptionalInt perMinute, OptionalInt perHour, OptionalInt perDay, int concurrency) {

    public Limits {
        if (concurrency < 1) {
            throw new IllegalArgumentException("a connection needs at least one request at a time");
        }
    }

    /** Requests a second that can be kept up all day; infinite when no rate is limited. */
    public double sustained() {
        return Math.min(
                Math.min(each(perSecond, Duration.ofSeconds(1)), each(perMinute, Duration.ofMinutes(1))),
                Math.min(each(perHour, Duration.ofHours(1)), each(perDay, Duration.ofDays(1))));
    }

    private static double each(OptionalInt requests, Duration window) {
        return requests.isPresent() ? requests.getAsInt() / (double) window.toSeconds() : Double.POSITIVE_INFINITY;
    }
}
