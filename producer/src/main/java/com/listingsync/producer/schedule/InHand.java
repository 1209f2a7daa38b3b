package com.listingsync.producer.schedule;

import com.listingsync.common.run.FeedName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The feeds of one connection that are read, or will be, by the run they are read for. Thread-safe. */
final class InHand {

    private final Map<String, Set<String>> byRun = new HashMap<>();

    synchronized void took(String run, Collection<String> feeds) {
        byRun.computeIfAbsent(run, id -> new HashSet<>()).addAll(feeds);
    }

    synchronized void done(String run) {
        byRun.remove(run);
    }

    synchronized void done(String run, Collection<String> feeds) {
        Set<String> left = byRun.get(run);
        if (left != null && left.removeAll(feeds) && left.isEmpty()) {
            byRun.remove(run);
        }
    }

    /** All of them, with the connection's name. */
    synchronized Map<String, List<FeedName>> feeds(String connection) {
        Map<String, List<FeedName>> feeds = new HashMap<>();
        byRun.forEach((run, names) -> feeds.put(
                run, names.stream().map(name -> new FeedName(connection, name)).toList()));
        return feeds;
    }
}
