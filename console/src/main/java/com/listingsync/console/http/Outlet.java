package com.listingsync.console.http;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where an answer that goes on is written. Writes never block; one is under way at a time. Thread-safe. */
public interface Outlet {

    /**
     * Begins to write; not before the write before is done.
     *
     * @param bytes left untouched, so that one buffer serves many outlets
     * @param done told when the network has taken them: null, or why it did not; then the outlet is of no more use
     */
    void write(ByteBuffer bytes, Consumer<@Nullable Throwable> done);

    /** Cuts the connection. Idempotent. */
    void close();
}
