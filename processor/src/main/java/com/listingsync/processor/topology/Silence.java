package com.listingsync.processor.topology;

import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.RunState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Notices feeds that no producer has in hand any more. Counts looks, not time: at each look the task writes itself a word on the
 * topic of outcomes, and the look counts when that has come back, because all that was written before it has been heard by then. A
 * task that is behind, busy or paused calls nobody silent; after a restart everybody gets the whole time again. Pure; confined to
 * the task's thread.
 */
final class Silence {

    private final int patience;
    private final Map<String, Map<FeedName, Integer>> looks = new HashMap<>();

    /** The word of each run's look that has not come back yet. */
    private final Map<String, Long> underWay = new HashMap<>();

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
        underWay.remove(run);
    }

    /** The word to write for a look at a running run; empty while that of the last one is still under way. */
    Optional<Outcome> look(String run, long now) {
        return underWay.putIfAbsent(run, now) == null
                ? Optional.of(new Outcome.StillReading(List.of(), now))
                : Optional.empty();
    }

    /**
     * The feeds of a run that are silent, once the word of a look has come back.
     *
     * @param outcome what has come; only the word itself is one
     */
    List<FeedName> silent(RunState run, Outcome outcome) {
        Long sent = underWay.get(run.run());
        if (sent == null || !outcome.equals(new Outcome.StillReading(List.of(), sent))) {
            return List.of();
        }
        underWay.remove(run.run());
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
