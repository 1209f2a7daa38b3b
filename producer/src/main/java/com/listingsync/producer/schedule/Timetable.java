package com.listingsync.producer.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** When each feed of a connection is due. Pure; confined to the connection's thread. */
final class Timetable {

    /** A feed in trouble is tried again this soon, or at its interval if that is sooner. */
    static final Duration AFTER_TROUBLE = Duration.ofMinutes(1);

    private final Map<String, Duration> intervals;
    private final Map<String, Instant> due = new TreeMap<>();
    private boolean running;

    Timetable(Map<String, Duration> intervals) {
        this.intervals = Map.copyOf(intervals);
    }

    /** Makes every feed due at {@code now}. */
    void begin(Instant now) {
        running = true;
        intervals.keySet().forEach(feed -> due.put(feed, now));
    }

    boolean isRunning() {
        return running;
    }

    /** The feeds that are due. */
    Set<String> due(Instant now) {
        Set<String> feeds = new TreeSet<>();
        due.forEach((feed, at) -> {
            if (!at.isAfter(now)) {
                feeds.add(feed);
            }
        });
        return feeds;
    }

    /** When the next feed is due; empty when none ever is. */
    Optional<Instant> next() {
        return due.values().stream().min(Instant::compareTo);
    }

    /** Notes that a feed was read, whoever asked for it. */
    void ended(String feed, boolean well, Instant now) {
        Duration interval = intervals.get(feed);
        if (running && interval != null) {
            boolean sooner = !well && interval.compareTo(AFTER_TROUBLE) > 0;
            due.put(feed, now.plus(sooner ? AFTER_TROUBLE : interval));
        }
    }
}
