package com.listingsync.embedded.mls;

/** How a 429 says when to come back (facts.md §1). */
public enum RetryHeader {
    /** {@code Retry-After} in seconds. */
    SECONDS,
    /** {@code Retry-After} as an HTTP date. */
    DATE,
    /** {@code X-Rate-Limit-Retry-After-Seconds}, and {@code X-Rate-Limit-Remaining} on every answer. */
    AMPRE,
    /** Not at all, as MLS Grid. */
    NONE
}
