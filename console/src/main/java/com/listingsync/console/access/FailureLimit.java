package com.listingsync.console.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often an address may show a wrong key: a handful at once, then one every few seconds. Thread-safe; remembers a bounded
 * number of addresses, those that failed last.
 */
public final class FailureLimit {

    /** A person who mistypes needs no more at once. */
    public static final int AT_ONCE = 10;

    /** One more each. */
    public static final Duration EVERY = Duration.ofSeconds(6);

    private static final int ADDRESSES = 10_000;

    private final LongSupplier nanoTime;

    /** By address, the time at which its failures are forgotten. */
    private final Map<String, Long> forgottenAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > ADDRESSES;
        }
    };

    /** @param nanoTime the time from any origin */
    public FailureLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How long the address has to wait before it may fail again; zero when it need not. */
    public synchronized Duration wait(String address) {
        Long until = forgottenAt.get(address);
        if (until == null) {
            return Duration.ZERO;
        }
        long over = until - nanoTime.getAsLong() - (AT_ONCE - 1) * EVERY.toNanos();
        return over <= 0 ? Duration.ZERO : Duration.ofNanos(over);
    }

    /** Notes a wrong key. */
    public synchronized void failed(String address) {
        long now = nanoTime.getAsLong();
        Long until = forgottenAt.get(address);
        long from = until == null || until - now < 0 ? now : until;
        forgottenAt.put(address, from + EVERY.toNanos());
    }
}
