package com.listingsync.common.setting;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A value that must never be printed: its {@code toString} is {@code ***}, and so is its JSON.
 *
 * @param reveal the value itself; asked for only where it goes on the wire
 */
public record Secret(String reveal) {

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return reveal.isEmpty();
    }

    @Override
    @JsonValue
    public String toString() {
        return "***";
    }
}
