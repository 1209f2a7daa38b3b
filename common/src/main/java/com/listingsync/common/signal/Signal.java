package com.listingsync.common.signal;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The last word on one target: it is paused, or it works again.
 *
 * @param target text of the {@link SignalTarget}
 * @param paused whether it is to stand still
 * @param by who said so
 * @param why the reason, in words; empty when none was given
 * @param at when, in milliseconds since 1970
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Signal(String target, boolean paused, String by, String why, long at) {

    /** UTF-8 JSON object with the components as fields. */
    public byte[] bytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a signal of plain values can't be written as JSON", e);
        }
    }

    /**
     * The signal in these bytes.
     *
     * @throws IllegalArgumentException when they are not one
     */
    public static Signal of(byte[] bytes) {
        try {
            Signal signal = Json.MAPPER.readValue(bytes, Signal.class);
            SignalTarget.of(signal.target());
            return signal;
        } catch (IOException e) {
            throw new IllegalArgumentException("not a signal: expected an object with target and paused", e);
        }
    }

    /** For people: {@code the sink is paused since 2026-11-22T14:00:00Z by ann: migration}. */
    public String words() {
        return SignalTarget.of(target).words() + (paused ? " is paused since " : " works again since ")
                + Instant.ofEpochMilli(at).truncatedTo(ChronoUnit.SECONDS) + " by " + by
                + (why.isEmpty() ? "" : ": " + why);
    }
}
