package com.listingsync.producer.mls;

import com.listingsync.common.event.Entity;
import com.listingsync.producer.connection.MlsFeed;
import com.listingsync.producer.connection.Paging;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/**
 * The requests for the pages of one feed. Immutable and pure.
 *
 * @param root service root of the MLS
 * @param feed what is read
 * @param counts whether the server answers {@code $count}
 * @param listings listing keys that alone are wanted; empty for all
 */
record FeedQuery(HttpUrl root, MlsFeed feed, boolean counts, List<String> listings) {

    FeedQuery {
        listings = List.copyOf(listings);
    }

    static FeedQuery of(URI root, MlsFeed feed, boolean counts, Collection<String> listings) {
        return new FeedQuery(HttpUrl.get(root.toString()), feed, counts, List.copyOf(listings));
    }

    /** The requests for the records of these keys, whichever listings they belong to. */
    static FeedQuery ofKeys(URI root, MlsFeed feed, Collection<String> keys) {
        String some =
                keys.stream().map(key -> feed.keyField() + " eq " + quoted(key)).collect(Collectors.joining(" or "));
        return of(root, feed.narrowed(some), false, List.of());
    }

    /** The first page of a reading that begins after {@code cursor}; asks for the number of records where it can. */
    HttpUrl first(Cursor cursor, int pageSize) {
        HttpUrl.Builder url = page(cursor, pageSize);
        if (counts) {
            url.addEncodedQueryParameter("$count", "true");
        }
        return url.build();
    }

    /** The page after {@code cursor}. */
    HttpUrl after(Cursor cursor, int pageSize) {
        return page(cursor, pageSize).build();
    }

    /** What is left of a drain, in the order of keys. */
    HttpUrl drain(Drain drain, int pageSize) {
        String clock = feed.clockField();
        String key = drain.key().isEmpty() ? "" : " and " + feed.keyField() + " gt " + quoted(drain.key());
        HttpUrl.Builder url = page(
                "(" + clock + " ge " + drain.from() + " and " + clock + " lt " + drain.to() + key + ")",
                feed.keyField(),
                pageSize);
        if (counts) {
            url.addEncodedQueryParameter("$count", "true");
        }
        return url.build();
    }

    /**
     * Whatever lies around a moment and not on it: something only at a server whose clock is finer than it prints.
     *
     * @param unit what it prints its clock in
     */
    HttpUrl probe(Cursor at, Duration unit) {
        String clock = feed.clockField();
        String moment = SourceTime.literal(at.timestamp());
        String near = "((" + clock + " gt " + at.instant().minus(unit) + " and " + clock + " lt " + moment + ") or ("
                + clock + " gt " + moment + " and " + clock + " lt "
                + at.instant().plus(unit) + "))";
        return page(near, feed.clockField() + "," + feed.keyField(), 1).build();
    }

    private HttpUrl.Builder page(Cursor cursor, int pageSize) {
        return page(since(cursor), feed.clockField() + "," + feed.keyField(), pageSize);
    }

    private HttpUrl.Builder page(String where, String order, int pageSize) {
        HttpUrl.Builder url = root.newBuilder().addPathSegment(feed.resource());
        url.addEncodedQueryParameter("$filter", encoded(String.join(" and ", conditions(where))));
        if (feed.paging() != Paging.NEXT_LINK) {
            url.addEncodedQueryParameter("$orderby", encoded(order));
        }
        return url.addEncodedQueryParameter("$top", Integer.toString(pageSize));
    }

    private List<String> conditions(String where) {
        List<String> conditions = new ArrayList<>();
        if (feed.entity() == Entity.MEDIA) {
            // Members and offices have media too (facts.md §1).
            conditions.add("ResourceName eq 'Property'");
        }
        feed.filter().ifPresent(filter -> conditions.add("(" + filter + ")"));
        if (!listings.isEmpty()) {
            conditions.add(listings.stream()
                    .map(listing -> feed.listingField() + " eq " + quoted(listing))
                    .collect(Collectors.joining(" or ", "(", ")")));
        }
        conditions.add(where);
        return conditions;
    }

    // AMPRE mandates the compound condition in parentheses of its own (facts.md §1).
    private String since(Cursor cursor) {
        String moment = SourceTime.literal(cursor.timestamp());
        if (cursor.key().isEmpty()) {
            return feed.clockField() + " ge " + moment;
        }
        String later = feed.clockField() + " gt " + moment;
        return feed.paging() == Paging.NEXT_LINK
                ? later
                : "((" + later + ") or (" + feed.clockField() + " eq " + moment + " and " + feed.keyField() + " gt "
                        + quoted(cursor.key()) + "))";
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Escapes what has a meaning in a query; the rest, {@code $ ( ) , :} among it, goes as it is, as servers document. */
    static String encoded(String text) {
        return text.replace("%", "%25").replace("+", "%2B").replace("&", "%26").replace("#", "%23");
    }
}
