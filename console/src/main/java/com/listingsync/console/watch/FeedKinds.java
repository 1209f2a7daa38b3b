package com.listingsync.console.watch;

import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.event.Entity;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.RunState;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which feeds bear a status, as producers announce it. Immutable. */
final class FeedKinds {

    private static final Set<String> STATUS_BEARING = Set.of(Entity.PROPERTY.wireName(), Entity.SHEET.wireName());

    private final Map<String, Boolean> bearing = new HashMap<>();

    FeedKinds(Collection<ConnectionCard> cards) {
        for (ConnectionCard card : cards) {
            for (ConnectionCard.FeedCard feed : card.feeds()) {
                bearing.put(new FeedName(card.name(), feed.name()).toString(), STATUS_BEARING.contains(feed.entity()));
            }
        }
    }

    /** Whether every feed of the run was announced. */
    boolean knows(RunState run) {
        return bearing.keySet().containsAll(run.feeds().keySet());
    }

    RunKind of(RunState run) {
        boolean status = !run.feeds().isEmpty()
                && run.feeds().keySet().stream().allMatch(feed -> bearing.getOrDefault(feed, false));
        return status ? RunKind.STATUS : RunKind.OTHER;
    }
}
