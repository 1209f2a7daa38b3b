package com.listingsync.producer.schedule;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A feed as {@code /health/ready} shows it; the field names are an interface. Times are ISO 8601, in UTC.
 *
 * @param connection name of the connection
 * @param feed name of the feed
 * @param reading whether a pass over it is under way
 * @param waiting how many commands wait for it
 * @param next when it is read next; null while it is read, and when it is only read on command
 * @param intervalSeconds time between its passes as it is now
 * @param last when it was last read, well or not; null before
 * @param problem why it could not be read then; null when it was
 */
record FeedOutlook(
        String connection,
        String feed,
        boolean reading,
        int waiting,
        @Nullable String next,
        double intervalSeconds,
        @Nullable String last,
        @Nullable String problem) {

    /** All feeds of a connection, in the order of their lanes. */
    static List<FeedOutlook> of(
            String connection, List<Lane> lanes, Agenda agenda, Timetable timetable, Troubles troubles) {
        List<FeedOutlook> feeds = new ArrayList<>();
        for (Lane lane : lanes) {
            boolean reading = agenda.isRunning(lane);
            for (String feed : new TreeSet<>(lane.feeds())) {
                feeds.add(new FeedOutlook(
                        connection,
                        feed,
                        reading,
                        agenda.waiting(lane),
                        reading ? null : text(timetable.due(lane.name())),
                        timetable.interval(lane.name()).toMillis() / 1000.0,
                        text(timetable.read(lane.name())),
                        troubles.of(feed).orElse(null)));
            }
        }
        return List.copyOf(feeds);
    }

    private static @Nullable String text(Optional<Instant> moment) {
        return moment.map(at -> at.truncatedTo(ChronoUnit.MILLIS).toString()).orElse(null);
    }
}
