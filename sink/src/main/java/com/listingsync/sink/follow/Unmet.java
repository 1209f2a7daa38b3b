package com.listingsync.sink.follow;

import com.listingsync.common.deadletter.DeadLetter;
import java.util.Map;
import java.util.Objects;

/**
 * Something a record called for that could not be done; it becomes a dead letter that holds the record byte for byte.
 *
 * @param why the reason
 * @param about headers more, by name; no secret
 */
public record Unmet(DeadLetter why, Map<String, String> about) {

    public Unmet {
        Objects.requireNonNull(why, "why");
        about = Map.copyOf(about);
    }
}
