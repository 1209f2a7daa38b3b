package com.listingsync.sink.batch;

import java.time.Duration;

/**
 * How many rows a batch of one table may have now: half of what was too much, a quarter less than what took long, then slowly more
 * again. Immutable.
 *
 * @param rows at present, 1 to {@code max}
 * @param max what was configured
 */
public record BatchSize(int rows, int max) {

    /** A twentieth per success doubles it in 15 batches: slow against the seconds that a timed-out statement costs. */
    private static final int GROWTH_DIVISOR = 20;

    /** Hosted Supabase ends statements after 8 s by default: a batch shrinks long before it runs into that. */
    private static final long SLOW_NANOS = Duration.ofSeconds(3).toNanos();

    private static final long QUICK_NANOS = Duration.ofSeconds(1).toNanos();

    public BatchSize {
        if (rows < 1 || rows > max) {
            throw new IllegalArgumentException("a batch size is 1 to " + max + "; found " + rows);
        }
    }

    /** The configured size. */
    public static BatchSize full(int max) {
        return new BatchSize(max, max);
    }

    /** After a batch of this many rows was too much for the server. */
    public BatchSize tooLarge(int sent) {
        return new BatchSize(Math.max(1, Math.min(rows, sent) / 2), max);
    }

    /** After a batch of this many rows was accepted; one that was smaller than allowed proves nothing, unless it took long. */
    public BatchSize accepted(int sent, long tookNanos) {
        if (tookNanos > SLOW_NANOS) {
            return new BatchSize(Math.max(1, Math.min(rows, sent - sent / 4)), max);
        }
        boolean proves = sent >= rows && tookNanos <= QUICK_NANOS;
        return proves && rows < max ? new BatchSize(Math.min(max, rows + 1 + rows / GROWTH_DIVISOR), max) : this;
    }
}
