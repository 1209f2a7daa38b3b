package com.listingsync.producer.mls;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The records emitted last, by key with version and content: what an overlapping read finds again need not be emitted
 * again. Forgetting one costs a duplicate that the processor drops. Confined to the feed's thread.
 */
final class RecentlySeen {

    /** About 10 MB; a bulk change of facts.md §1 put 797 rows on one second, so this is many overlaps' worth. */
    private static final int LARGEST = 50_000;

    private final Map<String, Version> versions = new LinkedHashMap<>(16, 0.75f, false) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Version> eldest) {
            return size() > LARGEST;
        }
    };

    /**
     * One emitted state of a record.
     *
     * @param version source version
     * @param contentHash empty for a delete
     */
    record Version(long version, String contentHash) {}

    boolean contains(String key, Version version) {
        return version.equals(versions.get(key));
    }

    void addAll(Map<String, Version> committed) {
        committed.forEach((key, version) -> {
            versions.remove(key);
            versions.put(key, version);
        });
    }
}
