package com.listingsync.console.replay;

import java.time.Duration;

/** A replay that this process runs. Thread-safe. */
public interface RunningReplay extends AutoCloseable {

    /** Its name. */
    String id();

    /** How it stands at this moment. */
    ReplayStatus status();

    /** Waits for its end, but not for long; says whether it has come. */
    boolean awaitEnd(Duration atMost) throws InterruptedException;

    /** Lets go of it where it stands: what is in flight is finished, and it can be resumed. Idempotent. */
    @Override
    void close();
}
