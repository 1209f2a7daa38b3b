package com.listingsync.producer.mls;

import com.listingsync.common.wire.SourceKey;
import com.listingsync.producer.presence.LogKeys;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a feed between passes, as long as this process holds it. Losing it costs nothing but a few duplicates:
 * all that matters is in the checkpoint. Confined to the feed's thread.
 */
final class FeedMemory {

    private final RecentlySeen seen = new RecentlySeen();
    private final PageSize pageSize;
    private MlsCheckpoint checkpoint;
    private @Nullable String problem;
    private @Nullable Set<String> touched;

    FeedMemory(MlsCheckpoint checkpoint, int pageSize) {
        this.checkpoint = checkpoint;
        this.pageSize = new PageSize(pageSize);
    }

    RecentlySeen seen() {
        return seen;
    }

    /** Notes what was committed, by the text of its source key. */
    void emitted(Map<String, RecentlySeen.Version> records) {
        seen.addAll(records);
        if (touched != null) {
            records.keySet().forEach(key -> touched.add(LogKeys.recordKey(SourceKey.of(key))));
        }
    }

    /** From now on the keys of emitted records are noted in {@code keys}; null for: no more. */
    void watch(@Nullable Set<String> keys) {
        touched = keys;
    }

    PageSize pageSize() {
        return pageSize;
    }

    /** The checkpoint as it is committed. */
    MlsCheckpoint checkpoint() {
        return checkpoint;
    }

    void committed(MlsCheckpoint next) {
        checkpoint = next;
    }

    /** Whether a problem differs from the one the last pass ended with: the same one every few minutes is no news. */
    boolean isNews(String found) {
        return !found.equals(problem);
    }

    void ended(@Nullable String with) {
        problem = with;
    }
}
