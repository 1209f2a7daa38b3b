package com.listingsync.common.topic;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Notices that a reader gets no further: a consumer whose brokers go away says nothing and waits for ever, and whoever reads to an end
 * has to be told. Confined to one thread.
 */
public final class Standstill {

    private final Duration patience;
    private final LongSupplier nanoTime;
    private long place;
    private long movedNanos;

    /** @param patience how long it may stand still */
    public Standstill(Duration patience) {
        this(patience, System::nanoTime);
    }

    Standstill(Duration patience, LongSupplier nanoTime) {
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.movedNanos = nanoTime.getAsLong();
    }

    /**
     * Tells where the reader is, as a number that changes when it gets further.
     *
     * @throws TimeoutException when it has been there for too long
     */
    public void check(long at) {
        long now = nanoTime.getAsLong();
        if (at != place) {
            place = at;
            movedNanos = now;
        } else if (now - movedNanos > patience.toNanos()) {
            throw new TimeoutException(
                    "Kafka has sent nothing for " + patience.toSeconds() + " s, though there is more");
        }
    }
}
