package com.listingsync.producer.schedule;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is wrong with the feeds of one connection now. Thread-safe. */
final class Troubles {

    private final Map<String, String> byFeed = new TreeMap<>();
    private final Map<String, String> standing = new TreeMap<>();
    private Optional<String> ofConnection = Optional.empty();

    synchronized void ended(String feed, Optional<String> problem) {
        problem.ifPresentOrElse(words -> byFeed.put(feed, words), () -> byFeed.remove(feed));
    }

    /** Notes or clears what is wrong with a feed although its pass ended well. */
    synchronized void standing(String feed, Optional<String> problem) {
        problem.ifPresentOrElse(words -> standing.put(feed, words), () -> standing.remove(feed));
    }

    /** Notes or clears what concerns all feeds. */
    synchronized void connection(Optional<String> problem) {
        ofConnection = problem;
    }

    /** What is wrong with one feed. */
    synchronized Optional<String> of(String feed) {
        return Optional.ofNullable(byFeed.getOrDefault(feed, standing.get(feed)));
    }

    synchronized void clear() {
        byFeed.clear();
        standing.clear();
        ofConnection = Optional.empty();
    }

    /** All of it in one line; empty when nothing is wrong. */
    synchronized Optional<String> words() {
        if (ofConnection.isPresent()) {
            return ofConnection;
        }
        Map<String, String> all = new TreeMap<>(standing);
        all.putAll(byFeed);
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .reduce((a, b) -> a + "; " + b)
                        .orElseThrow());
    }
}
