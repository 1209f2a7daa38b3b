package com.listingsync.console.run;

import com.listingsync.common.run.FeedState;
import com.listingsync.common.run.RunState;
import com.listingsync.console.shell.TextTable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far a run's feeds are, as text: rows accounted for, rate over the last seconds, percent and remaining time of what
 * the source announced. Told the time with every state; confined to one thread.
 */
public final class FeedProgress {

    private static final long WINDOW_MILLIS = Duration.ofSeconds(5).toMillis();
    private static final String UNKNOWN = "-";

    private final Map<String, Deque<Point>> points = new HashMap<>();

    /** How many rows of a feed were accounted for at a time. */
    private record Point(long at, long rows) {}

    /** A table with a line for each feed of the run, as it stands at this time in milliseconds. */
    public List<String> lines(RunState run, long now) {
        TextTable table = new TextTable("feed", "rows", "rows/s", "done", "remaining");
        run.feeds().forEach((name, feed) -> table.row(row(name, feed, now)));
        return table.lines();
    }

    private List<String> row(String name, FeedState feed, long now) {
        long rows = feed.tally().fetched() - feed.tally().inFlight();
        if (feed.startedAt() == null) {
            return List.of(name, UNKNOWN, UNKNOWN, "waiting", UNKNOWN);
        }
        long total = total(feed);
        double rate = rate(name, now, rows);
        boolean ended = feed.isFinished() && feed.tally().inFlight() == 0;
        return List.of(
                name,
                String.format(Locale.ROOT, "%,d", rows),
                ended ? UNKNOWN : String.format(Locale.ROOT, "%,.0f", rate),
                done(feed, ended, rows, total),
                ended ? UNKNOWN : remaining(total - rows, rate));
    }

    /** What the source announced, or what came when that was more or nothing was; 0 when neither is known. */
    private static long total(FeedState feed) {
        long fetched = feed.tally().fetched();
        if (feed.isFinished() || feed.expected() == null) {
            return feed.isFinished() ? fetched : 0;
        }
        return Math.max(feed.expected(), fetched);
    }

    private static String done(FeedState feed, boolean ended, long rows, long total) {
        if (feed.problem() != null) {
            return "failed";
        }
        if (ended) {
            return "100 %";
        }
        return total == 0 ? UNKNOWN : rows * 100 / total + " %";
    }

    private double rate(String feed, long now, long rows) {
        Deque<Point> recent = points.computeIfAbsent(feed, name -> new ArrayDeque<>());
        recent.addLast(new Point(now, rows));
        while (recent.size() > 2 && recent.getFirst().at() < now - WINDOW_MILLIS) {
            recent.removeFirst();
        }
        Point oldest = recent.getFirst();
        return now == oldest.at() ? 0 : (rows - oldest.rows()) * 1000.0 / (now - oldest.at());
    }

    private static String remaining(long rows, double rate) {
        if (rows <= 0 || rate <= 0) {
            return UNKNOWN;
        }
        Duration left = Duration.ofSeconds((long) Math.ceil(rows / rate));
        return left.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", left.toMinutes(), left.toSecondsPart());
    }
}
