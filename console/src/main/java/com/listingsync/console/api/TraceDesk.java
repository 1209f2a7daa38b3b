package com.listingsync.console.api;

import com.listingsync.console.http.Problem;
import com.listingsync.console.trace.Trace;
import com.listingsync.console.trace.TraceReader;
import com.listingsync.console.trace.TraceRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells stories of keys, two at a time and none for long: each reads a part of the log, and whoever asks for many must not hold up
 * what others ask for. Thread-safe.
 */
final class TraceDesk {

    private static final int AT_A_TIME = 2;

    /** A turn comes soon, since a story is usually read within a second or two. */
    private static final Duration TURN = Duration.ofSeconds(3);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, String> environment;
    private final LongSupplier nanoTime;
    private final Semaphore turns = new Semaphore(AT_A_TIME, true);

    /** @param environment how to reach Kafka and, where it is named, Supabase */
    TraceDesk(Map<String, String> environment, LongSupplier nanoTime) {
        this.environment = Map.copyOf(environment);
        this.nanoTime = nanoTime;
    }

    /**
     * The story of a key, as {@code ./listing-sync trace --json} tells it.
     *
     * @throws Problem (503) when it is nobody's turn soon, or the log is too long to be read within {@link #PATIENCE}
     */
    Trace of(TraceRequest request) throws InterruptedException {
        if (!turns.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
            throw Problem.of(503, AT_A_TIME + " other traces are being read; ask again")
                    .with("retry-after", "3");
        }
        try {
            long begun = nanoTime.getAsLong();
            return new TraceReader(environment, (done, total) -> requireTime(begun, done, total)).of(request);
        } finally {
            turns.release();
        }
    }

    private void requireTime(long begun, long done, long total) {
        if (nanoTime.getAsLong() - begun > PATIENCE.toNanos()) {
            throw Problem.of(
                            503,
                            String.format(
                                    Locale.ROOT,
                                    "%,d of %,d records were read in %d s, and that is as long as it may take here: ask with"
                                            + " 'since', or at the command line: ./listing-sync trace",
                                    done,
                                    total,
                                    PATIENCE.toSeconds()))
                    .with("retry-after", "60");
        }
    }
}
