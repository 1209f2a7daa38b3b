package com.listingsync.producer.upstream;

import com.listingsync.producer.upstream.RequestWindow.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are written down as spent before they are made, a few at a time: a crash costs the rest of a lease, and never
 * forgets a request. Windows shorter than a minute are over before a producer has started again, so they are not kept. Not
 * thread-safe.
 */
final class Lease {

    /** The shortest window that is kept. */
    static final Duration SHORTEST = Duration.ofMinutes(1);

    /** A lease ends after this long, so that what it spent is counted no earlier than it was. */
    private static final long LIFE_MILLIS = 10_000;

    /** Of a window's limit a lease is at most this part, */
    private static final int PART = 50;

    /** and never more than this. */
    private static final int LARGEST = 100;

    private final List<RequestWindow> windows;
    private @Nullable SpendingLog log;
    private int left;
    private long end;

    /**
     * @param windows all windows of the connection, filled or not
     */
    Lease(List<RequestWindow> windows) {
        this.windows = windows;
    }

    boolean isNeeded() {
        return kept().findAny().isPresent();
    }

    void keptIn(@Nullable SpendingLog newLog) {
        log = newLog;
        left = 0;
    }

    /** Spends one request, which the windows are about to count. */
    void spend(long now, long pausedUntil) {
        if (left == 0 || now >= end) {
            write(now, pausedUntil);
        }
        left--;
    }

    /** Writes down what was spent, a new lease, and until when nothing is to be asked. */
    void write(long now, long pausedUntil) {
        SpendingLog to = log;
        if (to != null && isNeeded()) {
            int size = size();
            to.keep(spending(now, size, pausedUntil).bytes());
            left = size;
            end = now + LIFE_MILLIS;
        }
    }

    private Spending spending(long now, int size, long pausedUntil) {
        Map<String, List<Slot>> spent = new HashMap<>();
        kept().forEach(window -> {
            List<Slot> slots = new ArrayList<>(window.spent(now));
            slots.add(new Slot(now + LIFE_MILLIS, size));
            spent.put(window.name(), slots);
        });
        return new Spending(spent, pausedUntil);
    }

    private int size() {
        int smallest = kept().mapToInt(RequestWindow::limit).min().orElse(1);
        return Math.max(1, Math.min(LARGEST, smallest / PART));
    }

    private Stream<RequestWindow> kept() {
        return windows.stream().filter(window -> window.length().compareTo(SHORTEST) >= 0);
    }
}
