package com.listingsync.producer.mls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.util.Objects;

/**
 * A place in a server's event log: everything up to and including this event has been dealt with.
 *
 * @param sequence the event's number; 0 before the first
 * @param key the record it named, by which a log that begins anew is told from the one that was read
 */
record EventPlace(long sequence, String key) {

    /** Before every event. */
    static final EventPlace FIRST = new EventPlace(0, "");

    EventPlace {
        Objects.requireNonNull(key, "key");
    }

    byte[] bytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a place of plain values can't be written as JSON", e);
        }
    }

    /**
     * The place in these bytes.
     *
     * @throws IllegalStateException when they are not one
     */
    static EventPlace of(byte[] bytes) {
        try {
            return Json.MAPPER.readValue(bytes, EventPlace.class);
        } catch (IOException e) {
            throw new IllegalStateException("the feed's place in the event log is not one: expected a sequence", e);
        }
    }
}
