package com.listingsync.sink.deliver;

/**
 * The word that some rows need not be delivered any more, because others will: their partitions have moved, or the sink stops.
 * Thread-safe.
 */
public final class Abandonment {

    private volatile boolean abandoned;

    /** Nothing more is sent for these rows; a request under way is not called back. */
    public void abandon() {
        abandoned = true;
    }

    void check() {
        if (abandoned) {
            throw new AbandonedException();
        }
    }
}
