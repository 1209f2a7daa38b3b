package com.listingsync.embedded.world;

import java.util.function.Predicate;

/**
 * A walk over a resource's rows in one order, from a place on, taking only the rows of a feed that pass a test.
 *
 * @param fromMicros rows before this moment are passed over without being looked at; ignored in key order
 * @param afterKey in time order: rows of exactly {@code fromMicros} up to and with this key are passed over; in key
 *     order: rows up to and with this key are; empty for none
 * @param toMicros the walk ends after this moment (inclusive); ignored in key order
 * @param limit rows at most
 */
public record Scan(Order order, long fromMicros, String afterKey, long toMicros, Predicate<Row> test, int limit) {
    /** The two orders that are indexed. */
    public enum Order {
        /** By the resource's clock, rows of one moment by key. */
        TIME,
        KEY
    }

    public static Scan everything() {
        return new Scan(Order.TIME, Long.MIN_VALUE, "", Long.MAX_VALUE, row -> true, Integer.MAX_VALUE);
    }
}
