package com.listingsync.common.event;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a record comes from and which sync run fetched it; carried in the headers of source records and of the rows made
 * from them, so that every count can be attributed.
 *
 * @param connection name of the upstream account, as in the connections file
 * @param feed name of the resource within the connection, such as {@code property} or a sheet tab
 * @param view the licence the connection reads under
 * @param run id of the sync run; empty for records that no run fetched (a replay, an edit by hand)
 */
public record Origin(String connection, String feed, View view, Optional<String> run) {

    public Origin {
        Objects.requireNonNull(view, "view");
        Objects.requireNonNull(run, "run");
        if (connection.isBlank() || feed.isBlank()) {
            throw new IllegalArgumentException(
                    "an origin needs a connection and a feed; found '" + connection + "' and '" + feed + "'");
        }
    }
}
