package com.listingsync.console.up;

import com.listingsync.embedded.world.SampleWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Changes the price of every listing at its source again and again, and looks how long each change takes to its table: the price
 * is the number of the beat. Thread-safe.
 */
final class PriceBeat implements AutoCloseable {

    private static final long BEAT_MILLIS = 500;
    private static final long LOOK_MILLIS = 50;
    private static final int FIRST = 1_000_000;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final SampleWorld world;
    private final Tables tables;
    private final List<String> listings;
    private final Map<Integer, Long> beatAt = new TreeMap<>();
    private final Map<String, Integer> seen = new TreeMap<>();
    private int beat = FIRST;
    private long longestNanos;
    private boolean resting;

    PriceBeat(SampleWorld world, Tables tables, List<String> listings) {
        this.world = world;
        this.tables = tables;
        this.listings = List.copyOf(listings);
        threads.scheduleWithFixedDelay(this::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        threads.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The beat under way. */
    synchronized int now() {
        return beat;
    }

    /** Whether every listing's row is from this beat or a later one. */
    synchronized boolean everywhereSince(int number) {
        return listings.stream().allMatch(listing -> seen.getOrDefault(listing, 0) >= number);
    }

    /** How long the table of any listing has been behind its source at most since the last call. */
    synchronized Duration longestGap() {
        Duration gap = Duration.ofNanos(longestNanos);
        longestNanos = 0;
        return gap;
    }

    /** No more changes; the looking goes on. */
    synchronized void rest() {
        resting = true;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private synchronized void beat() {
        if (!resting) {
            beat++;
            listings.forEach(listing -> world.changePrice(listing, beat));
            beatAt.put(beat, System.nanoTime());
        }
    }

    private void look() {
        Map<String, String> prices = tables.pairs("select listing_key, list_price::bigint from properties");
        long now = System.nanoTime();
        synchronized (this) {
            for (String listing : listings) {
                int price = Integer.parseInt(prices.getOrDefault(listing, "0"));
                seen.put(listing, price);
                // Behind since the first beat that it has not seen.
                Long missed = beatAt.get(price + 1);
                if (missed != null) {
                    longestNanos = Math.max(longestNanos, now - missed);
                }
            }
        }
    }
}
