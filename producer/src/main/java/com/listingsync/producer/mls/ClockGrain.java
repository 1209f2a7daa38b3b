package com.listingsync.producer.mls;

/** How finely a server keeps the clock that pages are asked for by, as far as its answers have shown. */
enum ClockGrain {
    /** Nothing has shown it. */
    UNKNOWN,
    /** As it prints it: the place of a record is its printed clock and its key. */
    AS_PRINTED,
    /**
     * Finer than it prints it: records that look simultaneous have an order of their own, so every printed unit that a page
     * ends in is drained by key (facts.md §1).
     */
    FINER
}
