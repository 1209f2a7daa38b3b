package com.listingsync.producer.mls;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A stretch of a feed that is read in the order of keys, whatever the clock does within it. It reaches a printed unit to
 * either side of the record it is about, because a server may print the clock cut off or rounded.
 *
 * @param from its first moment, a timestamp with a zone
 * @param to the first moment behind it
 * @param key what was read last of it; empty at its beginning
 */
record Drain(String from, String to, String key) {

    Drain {
        Objects.requireNonNull(key, "key");
        if (!Instant.parse(from).isBefore(Instant.parse(to))) {
            throw new IllegalArgumentException("a drain ends after it begins; found " + from + " to " + to);
        }
    }

    /**
     * The stretch around a record.
     *
     * @param unit what the server's clock is printed in
     * @param floor everything before it has been read
     */
    static Drain around(Cursor record, Duration unit, Instant floor) {
        Instant from = record.instant().minus(unit);
        return new Drain(
                (from.isBefore(floor) ? floor : from).toString(),
                record.instant().plus(unit).toString(),
                "");
    }

    Drain after(String newKey) {
        return new Drain(from, to, newKey);
    }

    /** The place behind it. */
    Cursor end() {
        return Cursor.from(to);
    }
}
