package com.listingsync.common.health;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A check whose answer holds for a moment, so that probes, however many, cost what they ask about next to nothing.
 * Thread-safe: of callers at the same time one asks and the others wait for its answer.
 */
public final class Remembered implements Supplier<Optional<String>> {

    private final Supplier<Optional<String>> check;
    private final long holdsNanos;
    private final LongSupplier nanoTime;
    private @Nullable Optional<String> answer;
    private long askedAt;

    /**
     * @param check answers with a problem in words, or empty when all is well
     * @param holds how long an answer is given again, counted from when it was there
     * @param nanoTime the time from any origin, as {@link System#nanoTime()}
     */
    public Remembered(Supplier<Optional<String>> check, Duration holds, LongSupplier nanoTime) {
        this.check = check;
        this.holdsNanos = holds.toNanos();
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized Optional<String> get() {
        Optional<String> known = answer;
        if (known != null && nanoTime.getAsLong() - askedAt < holdsNanos) {
            return known;
        }
        Optional<String> asked = check.get();
        answer = asked;
        askedAt = nanoTime.getAsLong();
        return asked;
    }
}
