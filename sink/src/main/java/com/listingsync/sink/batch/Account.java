package com.listingsync.sink.batch;

import com.listingsync.common.run.FeedName;
import java.util.Objects;

/**
 * Whose books a row is counted in: the fetch it answers for.
 *
 * @param run id of the sync run
 * @param feed the feed the record was fetched from
 */
public record Account(String run, FeedName feed) {

    public Account {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(feed, "feed");
    }
}
