package com.listingsync.processor.topology;

import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.RunState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notices feeds that no producer has in hand any more. Counts looks, not time: a task that was busy or paused has not listened
 * meanwhile, and nobody is called silent for that; after a restart everybody gets the whole time again. Pure; confined to the
 * task's thread.
 */
final class Silence {

    private final int patience;
    private final Map<String, Map<FeedName, Integer>> looks = new HashMap<>();

    /** @param patience after how many looks in a row without a word a feed is silent */
    Silence(int patience) {
        this.patience = patience;
    }

    /** Notes what an outcome says about who is there. */
    void heard(String run, Outcome outcome) {
        List<FeedName> feeds = outcome.fold(
                started -> started.feeds(),
                started -> List.of(started.feed()),
                finished -> List.of(),
                refused -> List.of(),
                counted -> counted.tally().fetched() > 0 ? List.of(counted.feed()) : List.of(),
                reading -> reading.feeds());
        Map<FeedName, Integer> known = looks.get(run);
        if (known != null) {
            feeds.forEach(known::remove);
        }
    }

    /** Forgets a run that has ended. */
    void ended(String run) {
        looks.remove(run);
    }

    /** Looks at a running run. */
    List<FeedName> look(RunState run) {
        Map<FeedName, Integer> known = looks.computeIfAbsent(run.run(), id -> new HashMap<>());
        List<FeedName> unread = run.unread();
        known.keySet().retainAll(unread);
        List<FeedName> silent = new ArrayList<>();
        for (FeedName feed : unread) {
            // The log is read by the processor itself, which is here.
            boolean ours = feed.connection().equals(ReprocessRequest.CONNECTION);
            if (!ours && known.merge(feed, 1, Integer::sum) >= patience) {
                silent.add(feed);
            }
        }
        return silent;
    }
}
