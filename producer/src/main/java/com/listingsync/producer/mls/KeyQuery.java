package com.listingsync.producer.mls;

import com.listingsync.common.event.Entity;
import com.listingsync.producer.connection.MlsAccount;
import com.listingsync.producer.connection.MlsFeed;
import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.connection.Profile;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * The requests for the keys of one feed: only keys, clocks and marks of deletion, in the order of keys where the server sorts.
 * Immutable and pure.
 *
 * @param root service root of the MLS
 * @param feed what is read
 * @param profile whose rules the server follows
 */
record KeyQuery(HttpUrl root, MlsFeed feed, Profile profile) {

    static KeyQuery of(MlsAccount account, MlsFeed feed) {
        return new KeyQuery(HttpUrl.get(account.url().toString()), feed, account.profile());
    }

    /** Whether the server is asked to sort by key; otherwise its links alone lead on. */
    boolean sorted() {
        return feed.paging() != Paging.NEXT_LINK;
    }

    /** The first page; asks for the number of records where it can. */
    HttpUrl first(int pageSize) {
        HttpUrl.Builder url = page(List.of(), pageSize);
        if (profile.counts()) {
            url.addEncodedQueryParameter("$count", "true");
        }
        return url.build();
    }

    /** The page after a key; only of a server that sorts. */
    HttpUrl after(String key, int pageSize) {
        return page(List.of(feed.keyField() + " gt " + FeedQuery.quoted(key)), pageSize)
                .build();
    }

    private HttpUrl.Builder page(List<String> after, int pageSize) {
        HttpUrl.Builder url = root.newBuilder().addPathSegment(feed.resource());
        List<String> conditions = new ArrayList<>(after);
        if (feed.entity() == Entity.MEDIA) {
            // Members and offices have media too (facts.md §1).
            conditions.add("ResourceName eq 'Property'");
        }
        feed.filter().ifPresent(filter -> conditions.add("(" + filter + ")"));
        if (!sorted()) {
            // MLS Grid wants a clock in every filter (facts.md §1).
            conditions.add(feed.clockField() + " gt " + Cursor.FIRST.timestamp());
        }
        if (!conditions.isEmpty()) {
            url.addEncodedQueryParameter("$filter", FeedQuery.encoded(String.join(" and ", conditions)));
        }
        if (sorted()) {
            url.addEncodedQueryParameter("$orderby", FeedQuery.encoded(feed.keyField()));
        }
        return url.addEncodedQueryParameter("$select", FeedQuery.encoded(String.join(",", fields())))
                .addEncodedQueryParameter("$top", Integer.toString(pageSize));
    }

    /** Strict servers refuse a field that they do not know, so the marks are those of the profile (facts.md §1). */
    private List<String> fields() {
        List<String> fields = new ArrayList<>(List.of(feed.keyField(), feed.clockField()));
        if (feed.entity() == Entity.PROPERTY) {
            fields.add("StandardStatus");
        }
        if (profile == Profile.MLSGRID) {
            fields.add("MlgCanView");
        }
        if (profile == Profile.AMPRE && feed.entity() == Entity.MEDIA) {
            fields.add("MediaStatus");
        }
        if (profile == Profile.AMPRE && feed.entity() == Entity.ROOMS) {
            fields.add("RoomStatus");
        }
        return fields;
    }
}
