package com.listingsync.console.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows chosen at random, so many of each table: those whose mixed hashes are the lowest, so that one pass is enough whatever is
 * still to come. Confined to one thread.
 */
final class Sample {

    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int HALF = 32;

    private final int size;
    private final long seed;
    private final Map<String, TreeMap<Long, String>> chosen = new HashMap<>();

    /** @param size rows of a table; 0 for all */
    Sample(int size, long seed) {
        this.size = size;
        this.seed = seed;
    }

    /**
     * Whether a row is in the sample for now.
     *
     * @param rows by name; one that a better one takes the place of is taken out
     */
    boolean takes(LoggedRow row, Map<String, LoggedRow> rows) {
        if (size == 0) {
            return true;
        }
        TreeMap<Long, String> kept = chosen.computeIfAbsent(row.table(), table -> new TreeMap<>());
        long place = place(row.id());
        if (kept.containsKey(place)) {
            return true;
        }
        if (kept.size() == size) {
            if (place > kept.lastKey()) {
                return false;
            }
            rows.remove(kept.pollLastEntry().getValue());
        }
        kept.put(place, row.name());
        return true;
    }

    private long place(String id) {
        long hash = seed;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * MIX;
            hash ^= hash >>> HALF;
        }
        return hash;
    }
}
