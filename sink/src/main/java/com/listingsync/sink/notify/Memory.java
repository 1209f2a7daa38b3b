package com.listingsync.sink.notify;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The notices told last, so that a run that changes once more after it failed, or a change that is replayed, is not told
 * again. Thread-safe. A restart forgets it; then the notice's id tells the receiver.
 */
final class Memory {

    private static final int MOST = 10_000;

    private final Map<String, Boolean> told = new LinkedHashMap<>();

    /** Notes a notice to a target; false when it was noted before. */
    synchronized boolean isNew(String target, Notice notice) {
        if (told.putIfAbsent(target + "\n" + notice.id(), true) != null) {
            return false;
        }
        if (told.size() > MOST) {
            told.remove(told.keySet().iterator().next());
        }
        return true;
    }
}
