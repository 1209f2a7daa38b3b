package com.listingsync.common.health;

import java.net.URI;

/**
 * A running service as its starter sees it. A service's way in is a static {@code start(Map<String, String> environment)}
 * on its {@code …App}; it answers with this once its threads run, ready or not.
 */
public interface Service extends AutoCloseable {

    /** What it is called in logs, health and {@code ./listing-sync}. */
    String name();

    /** Where it answers {@code /health/live}, {@code /health/ready} and {@code /metrics}. */
    URI endpoint();

    /** Its checks, for a starter in the same process. */
    Health health();

    /**
     * Waits until the service has stopped, by {@link #close()} or by its own failure.
     *
     * @throws InterruptedException when the waiting thread is interrupted
     * @throws IllegalStateException when it stopped by its own failure, with the cause
     */
    void awaitStop() throws InterruptedException;

    /** Stops cleanly: finishes or rolls back what is under way, closes clients and the endpoint. Idempotent. */
    @Override
    void close();
}
