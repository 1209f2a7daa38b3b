package com.listingsync.producer.schedule;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.producer.connection.Connection;
import com.listingsync.producer.source.Pass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a command wants of a connection. Immutable and pure.
 *
 * @param pass over the feeds that the connection has
 * @param refused reports of the ends of those that it does not have
 */
record Wanted(Pass pass, List<Outcome> refused) {

    /** @param at when the command was taken, in milliseconds since 1970 */
    static Wanted of(SyncCommand command, Connection connection, long at) {
        List<String> all = connection.feeds().stream().map(FeedName::feed).toList();
        Set<String> known = new HashSet<>();
        List<Outcome> refused = new ArrayList<>();
        for (String feed : command.feeds().isEmpty() ? all : new TreeSet<>(command.feeds())) {
            if (all.contains(feed)) {
                known.add(feed);
            } else {
                refused.add(new Outcome.FeedFinished(
                        new FeedName(connection.name(), feed),
                        "connection " + connection.name() + " has no feed '" + feed + "'; it has "
                                + String.join(", ", all),
                        at));
            }
        }
        return new Wanted(
                new Pass(
                        command.run(),
                        Pass.Trigger.COMMAND,
                        known,
                        new HashSet<>(command.keys()),
                        command.force(),
                        command.sweep(),
                        command.pageSize()),
                refused);
    }

    /** Why a command that arrived at a producer that does not run its connection can't be followed. */
    static Outcome refusal(SyncCommand command, List<Connection> connections, long at) {
        boolean elsewhere = connections.stream().anyMatch(known -> known.name().equals(command.connection()));
        String known = connections.stream().map(Connection::name).collect(Collectors.joining(", "));
        return new Outcome.ConnectionRefused(
                command.connection(),
                elsewhere
                        ? "the command reached a producer that does not run this connection: its record key must be the"
                                + " connection's name"
                        : "the producers have no connection '" + command.connection() + "'; they have " + known,
                at);
    }
}
