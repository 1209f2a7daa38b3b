package com.listingsync.producer.connection;

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
}
