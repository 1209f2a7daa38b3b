package com.listingsync.common.run;

/**
 * A feed as runs know it.
 *
 * @param connection name of the connection
 * @param feed name of the feed within it
 */
public record FeedName(String connection, String feed) implements Comparable<FeedName> {

    @Override
    public int compareTo(FeedName other) {
        int byConnection = connection.compareTo(other.connection);
        return byConnection != 0 ? byConnection : feed.compareTo(other.feed);
    }

    @Override
    public String toString() {
        return connection + "/" + feed;
    }
}
