package com.listingsync.sink.deliver;

/**
 * A request's way through the {@link Gate}.
 *
 * @param number in the order of entry
 * @param crowded whether it took the last free place
 */
record Passage(long number, boolean crowded) {}
