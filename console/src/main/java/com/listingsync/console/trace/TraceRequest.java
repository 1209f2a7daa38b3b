package com.listingsync.console.trace;

import java.time.Instant;
import java.util.Optional;

/**
 * Whose story is wanted.
 *
 * @param key a listing's key, a child's, or a sheet row's property number
 * @param since nothing older is read; empty reads all that the log still has
 */
public record TraceRequest(String key, Optional<Instant> since) {

    public TraceRequest {
        if (key.isBlank()) {
            throw new IllegalArgumentException("expected a key; found nothing");
        }
    }
}
