package com.listingsync.console.api;

import com.listingsync.common.run.RunState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Every run in one line, the newest first, and the last changed ones whole. Thread-safe; one thread writes.
 */
final class RunIndex {

    private static final int WHOLE = 1_000;

    private final NavigableSet<RunSummary> newestFirst = new ConcurrentSkipListSet<>();
    private final Map<String, RunSummary> byId = new ConcurrentHashMap<>();
    private final Map<String, RunState> whole = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RunState> eldest) {
            return size() > WHOLE;
        }
    };

    /**
     * A page of runs.
     *
     * @param runs the newest first
     * @param next where the next page begins; null at the end
     */
    record Page(List<RunSummary> runs, @Nullable String next) {
        Page {
            runs = List.copyOf(runs);
        }
    }

    void put(RunState state, int partition, long offset) {
        RunSummary summary = RunSummary.of(state, partition, offset);
        RunSummary before = byId.put(state.run(), summary);
        if (before != null) {
            newestFirst.remove(before);
        }
        newestFirst.add(summary);
        synchronized (whole) {
            whole.put(state.run(), state);
        }
    }

    void remove(String run) {
        RunSummary before = byId.remove(run);
        if (before != null) {
            newestFirst.remove(before);
        }
        synchronized (whole) {
            whole.remove(run);
        }
    }

    int size() {
        return byId.size();
    }

    Optional<RunSummary> summary(String run) {
        return Optional.ofNullable(byId.get(run));
    }

    /** The run's whole state, if it is one of the last changed. */
    Optional<RunState> whole(String run) {
        synchronized (whole) {
            return Optional.ofNullable(whole.get(run));
        }
    }

    /**
     * The runs that are wanted.
     *
     * @param after a {@link RunSummary#place()}; empty for the newest
     */
    Page page(int limit, Optional<String> after, Predicate<RunSummary> wanted) {
        List<RunSummary> page = new ArrayList<>(limit);
        for (RunSummary run : from(after)) {
            if (wanted.test(run)) {
                if (page.size() == limit) {
                    return new Page(page, page.get(limit - 1).place());
                }
                page.add(run);
            }
        }
        return new Page(page, null);
    }

    /** Up to so many of the newest. */
    List<RunSummary> newest(int most) {
        return page(most, Optional.empty(), run -> true).runs();
    }

    private Iterable<RunSummary> from(Optional<String> after) {
        if (after.isEmpty()) {
            return newestFirst;
        }
        int dash = after.get().indexOf('-');
        long startedAt = Long.parseLong(after.get().substring(0, dash));
        RunState place = new RunState(
                after.get().substring(dash + 1),
                "",
                com.listingsync.common.run.RunStatus.RUNNING,
                startedAt,
                null,
                Map.of());
        return newestFirst.tailSet(RunSummary.of(place, 0, 0), false);
    }
}
