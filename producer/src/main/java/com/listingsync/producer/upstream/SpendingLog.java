package com.listingsync.producer.upstream;

/** Where a connection's requests are remembered over restarts. Called by one thread at a time. */
public interface SpendingLog {

    /**
     * Keeps what replaces all that was kept before.
     *
     * @throws RuntimeException when it can't be kept; then no request is made
     */
    void keep(byte[] spending);
}
