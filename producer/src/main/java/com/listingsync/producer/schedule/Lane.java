package com.listingsync.producer.schedule;

import com.listingsync.common.event.Entity;
import com.listingsync.producer.connection.Connection;
import com.listingsync.producer.connection.MlsFeed;
import com.listingsync.producer.connection.Polling;
import com.listingsync.producer.connection.SheetTab;
import com.listingsync.producer.connection.Spreadsheet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Feeds of a connection that are read together: a feed of an MLS alone, all tabs of a spreadsheet with one request. Lanes
 * are read side by side, the passes of one lane one after the other. Immutable.
 *
 * @param name unique within the connection
 * @param feeds names of its feeds
 * @param polling how often it is read on schedule, the connection's limits considered
 * @param role how it stands to the other lanes
 */
record Lane(String name, Set<String> feeds, Polling polling, Role role) {

    /** How a lane stands to the others of its connection. */
    enum Role {
        /** Listings, which others belong to. */
        PARENT,
        /** What belongs to listings. */
        CHILD,
        /** Neither. */
        ALONE
    }

    Lane {
        feeds = Set.copyOf(feeds);
    }

    /** The lanes of a connection, parents first. */
    static List<Lane> of(Connection connection) {
        return connection
                .source()
                .fold(
                        mls -> mls.feeds().stream()
                                .map(feed -> of(connection, feed, mls.feeds().size()))
                                .sorted((one, other) -> one.role().compareTo(other.role()))
                                .toList(),
                        sheet -> List.of(of(connection, sheet)));
    }

    private static Lane of(Connection connection, MlsFeed feed, int feeds) {
        Role role = feed.entity() == Entity.PROPERTY ? Role.PARENT : Role.CHILD;
        return new Lane(feed.name(), Set.of(feed.name()), feed.polling().within(connection.limits(), feeds), role);
    }

    private static Lane of(Connection connection, Spreadsheet sheet) {
        Set<String> tabs = sheet.tabs().stream().map(SheetTab::feed).collect(Collectors.toSet());
        return new Lane("tabs", tabs, sheet.polling().within(connection.limits(), 1), Role.ALONE);
    }
}
