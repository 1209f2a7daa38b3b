package com.listingsync.console.run;

import com.listingsync.common.run.FeedState;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import com.listingsync.console.shell.TextTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs as text for people. Stateless. */
public final class RunText {

    private RunText() {}

    /** A table with a line for each run. */
    public static List<String> list(List<RunState> runs, long now) {
        TextTable table = new TextTable(
                "run",
                "trigger",
                "status",
                "started",
                "seconds",
                "fetched",
                "skipped",
                "parked",
                "written",
                "unchanged",
                "refused",
                "in flight");
        for (RunState run : runs) {
            List<String> cells = new ArrayList<>(List.of(
                    run.run(),
                    run.trigger(),
                    run.status().wireName(),
                    Instant.ofEpochMilli(run.startedAt())
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString(),
                    seconds(run.startedAt(), run.endedAt() == null ? now : run.endedAt())));
            cells.addAll(counts(run.total()));
            table.row(cells);
        }
        return table.lines();
    }

    /** A run with a line for each feed, the total, and why feeds could not be read. */
    public static List<String> summary(RunState run, long now) {
        TextTable table = new TextTable(
                "feed", "fetched", "skipped", "parked", "written", "unchanged", "refused", "in flight", "seconds");
        run.feeds().forEach((name, feed) -> table.row(row(name, feed.tally(), seconds(feed, now))));
        table.row(row("total", run.total(), seconds(run.startedAt(), run.endedAt() == null ? now : run.endedAt())));
        List<String> lines = new ArrayList<>();
        lines.add(
                "run " + run.run() + " (" + run.trigger() + "): " + run.status().wireName());
        lines.addAll(table.lines());
        run.feeds().forEach((name, feed) -> {
            if (feed.problem() != null) {
                lines.add(name + " could not be read: " + feed.problem());
            }
        });
        if (!run.missingKeys().isEmpty()) {
            lines.add("found in no feed, and left as they are: " + String.join(", ", run.missingKeys()));
        }
        lines.addAll(causes(run.total()));
        return lines;
    }

    /** What was skipped and refused, by reason; empty when nothing was. */
    private static List<String> causes(Tally total) {
        return total.counts().entrySet().stream()
                .filter(count -> count.getKey().indexOf('.') > 0)
                .map(count -> count.getKey().replace('.', ' ') + ": " + number(count.getValue()))
                .toList();
    }

    private static List<String> row(String name, Tally tally, String seconds) {
        List<String> cells = new ArrayList<>(List.of(name));
        cells.addAll(counts(tally));
        cells.add(seconds);
        return cells;
    }

    private static List<String> counts(Tally tally) {
        return List.of(
                number(tally.fetched()),
                number(tally.skipped()),
                number(tally.parked()),
                number(tally.written()),
                number(tally.unchanged()),
                number(tally.refused()),
                number(tally.inFlight()));
    }

    private static String seconds(FeedState feed, long now) {
        if (feed.startedAt() == null) {
            return "-";
        }
        return seconds(feed.startedAt(), feed.finishedAt() == null ? now : feed.finishedAt());
    }

    private static String seconds(long from, long to) {
        return String.format(Locale.ROOT, "%.1f", (to - from) / 1000.0);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
