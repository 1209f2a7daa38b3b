package com.listingsync.producer.mls;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A place in a feed sorted by clock and key: everything up to and including this record has been read.
 *
 * @param timestamp the record's clock exactly as the server printed it, with a zone; compared as an instant, sent back as
 *     text
 * @param key the record's key; empty for the place before all records of its moment
 */
record Cursor(String timestamp, String key) {

    /** Before every record; what AMPRE mandates for a first request (facts.md §1). */
    static final Cursor FIRST = new Cursor("1970-01-01T00:00:00Z", "0");

    Cursor {
        Objects.requireNonNull(key, "key");
        if (SourceTime.parse(timestamp).isEmpty()) {
            throw new IllegalArgumentException("a cursor needs a timestamp such as " + FIRST.timestamp);
        }
    }

    /** The place before all records of a moment. */
    static Cursor from(String moment) {
        return new Cursor(moment, "");
    }

    /** Whether this is the place of a record, and not merely one between records. */
    boolean ofRecord() {
        return !key.isEmpty() && !key.equals(FIRST.key);
    }

    Instant instant() {
        return SourceTime.parse(timestamp).orElseThrow();
    }

    /** The place that is {@code overlap} earlier, before all records of its moment; the same place for no overlap. */
    Cursor minus(Duration overlap) {
        if (overlap.isZero() || this.equals(FIRST)) {
            return this;
        }
        Instant earlier = instant().minus(overlap);
        return earlier.isBefore(Instant.EPOCH) ? FIRST : new Cursor(earlier.toString(), FIRST.key);
    }

    /** Whether this place's moment is earlier. */
    boolean isBefore(Cursor other) {
        return instant().isBefore(other.instant());
    }
}
