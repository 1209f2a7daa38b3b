package com.listingsync.producer.connection;

import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.command.ConnectionCard.FeedCard;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.View;
import com.listingsync.common.run.FeedName;
import java.util.List;
import java.util.Objects;

/**
 * One upstream account: an MLS token or a spreadsheet. The unit of ownership, of rate limits and of trouble: its feeds
 * share all three.
 *
 * @param name unique within the file; letters, digits, {@code .}, {@code _} and {@code -}; part of keys, headers and
 *     transactional ids, so renaming one starts it afresh
 * @param owner whose listings these are, for selection
 * @param view the licence it reads under
 * @param limits what the upstream allows
 * @param source where and what to read
 */
public record Connection(String name, String owner, View view, Limits limits, Source source) {

    public Connection {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(view, "view");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(source, "source");
        if (!name.matches("[A-Za-z0-9._-]{1,60}")) {
            throw new IllegalArgumentException(
                    "a connection's name is 1 to 60 letters, digits, '.', '_' or '-'; found '" + name + "'");
        }
    }

    /** What anybody may know of it. */
    public ConnectionCard card() {
        return source.fold(
                mls -> card(
                        ConnectionSection.MLS,
                        mls.feeds().stream()
                                .map(feed ->
                                        new FeedCard(feed.name(), feed.entity().wireName()))
                                .toList()),
                sheet -> card(
                        ConnectionSection.GOOGLE_SHEETS,
                        sheet.tabs().stream()
                                .map(tab -> new FeedCard(tab.feed(), Entity.SHEET.wireName()))
                                .toList()));
    }

    /** All its feeds, as runs know them, in the order of a first run. */
    public List<FeedName> feeds() {
        List<String> names = source.fold(
                mls -> mls.feeds().stream().map(MlsFeed::name).toList(),
                sheet -> sheet.tabs().stream().map(SheetTab::feed).toList());
        return names.stream().map(feed -> new FeedName(name, feed)).toList();
    }

    private ConnectionCard card(String kind, List<FeedCard> feeds) {
        return new ConnectionCard(name, owner, kind, view.wireName(), feeds);
    }
}
