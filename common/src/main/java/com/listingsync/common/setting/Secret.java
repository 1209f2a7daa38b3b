package com.listingsync.common.setting;

/**
 * A value that must never be printed: its {@code toString} is {@code ***}.
 *
 * @param reveal the value itself; asked for only where it goes on the wire
 */
public record Secret(String reveal) {

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return reveal.isEmpty();
    }

    @Override
    public String toString() {
        return "***";
    }
}
