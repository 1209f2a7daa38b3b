package com.listingsync.console.replay;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where it is noted down who did what to a replay. */
@FunctionalInterface
public interface ReplayJournal {

    /**
     * Notes an action; returns when it is kept.
     *
     * @param who who acts
     * @param action such as {@code replay start}
     * @param selection what it is done to, in words
     * @param counts how many of what; empty when nothing was counted yet
     * @param problem why it did not come to its end; null when it did
     */
    void note(String who, String action, String selection, Map<String, Long> counts, @Nullable String problem);
}
