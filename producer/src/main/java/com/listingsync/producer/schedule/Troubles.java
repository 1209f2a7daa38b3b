package com.listingsync.producer.schedule;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is wrong with the feeds of one connection now. Thread-safe. */
final class Troubles {

    private final Map<String, String> byFeed = new TreeMap<>();
    private Optional<String> ofConnection = Optional.empty();

    synchronized void ended(String feed, Optional<String> problem) {
        problem.ifPresentOrElse(words -> byFeed.put(feed, words), () -> byFeed.remove(feed));
    }

    /** Notes or clears what concerns all feeds. */
    synchronized void connection(Optional<String> problem) {
        ofConnection = problem;
    }

    /** What is wrong with one feed. */
    synchronized Optional<String> of(String feed) {
        return Optional.ofNullable(byFeed.get(feed));
    }

    synchronized void clear() {
        byFeed.clear();
        ofConnection = Optional.empty();
    }

    /** All of it in one line; empty when nothing is wrong. */
    synchronized Optional<String> words() {
        if (ofConnection.isPresent()) {
            return ofConnection;
        }
        return byFeed.isEmpty()
                ? Optional.empty()
                : Optional.of(byFeed.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .reduce((a, b) -> a + "; " + b)
                        .orElseThrow());
    }
}
