package com.listingsync.common.run;

/**
 * A feed as runs know it.
 *
 * @param connection name of the connection
 * @param feed name of the feed within it
 */
public record FeedName(String connection, String feed) implements Comparable<FeedName> {

    /** The name in {@code connection/feed}, as {@link #toString()} writes it. */
    public static FeedName of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("expected connection/feed; found '" + text + "'");
        }
        return new FeedName(text.substring(0, slash), text.substring(slash + 1));
    }

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
