package com.listingsync.producer.presence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the sweeps of a feed stand, as kept beside its checkpoint. Times are milliseconds since 1970.
 *
 * @param number of the last sweep that was made to its end; 0 before the first
 * @param at when that sweep began
 * @param confirmed what sweeps up to this number missed was confirmed by a person; 0 for nothing
 * @param held why the last sweep deleted nothing, in words for people; null when nothing is held
 * @param missing how many records the last sweep missed that nobody confirmed
 */
public record SweepState(
        long number, long at, long confirmed, @Nullable String held, long missing) {

    /** Of a feed that was never swept. */
    public static final SweepState NONE = new SweepState(0, 0, 0, null, 0);

    /** Whether it is time for another sweep. */
    public boolean due(Duration every, Instant now) {
        return !now.isBefore(Instant.ofEpochMilli(at).plus(every));
    }

    /** Whether the last sweep deleted nothing because too much was missing. */
    public boolean waits() {
        return held != null;
    }

    /** UTF-8 JSON object with the components as fields. */
    public byte[] bytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a sweep's state of plain values can't be written as JSON", e);
        }
    }

    /**
     * The state in these bytes.
     *
     * @throws IllegalStateException when they are not one: without it a confirmation would be forgotten unasked
     */
    public static SweepState of(byte[] bytes) {
        try {
            return Json.MAPPER.readValue(bytes, SweepState.class);
        } catch (IOException e) {
            throw new IllegalStateException("the feed's sweep state is not one: expected number, at and confirmed", e);
        }
    }
}
