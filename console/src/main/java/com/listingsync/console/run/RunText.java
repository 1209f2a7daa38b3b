package com.listingsync.console.run;

import com.listingsync.common.run.FeedState;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.RunStatus;
import com.listingsync.common.run.Tally;
import com.listingsync.console.shell.Amount;
import com.listingsync.console.shell.Paint;
import com.listingsync.console.shell.TextTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Runs as text for people. Stateless. */
public final class RunText {

    private RunText() {}

    /** A status in its colour. */
    static String painted(RunStatus status, Paint paint) {
        return switch (status) {
            case COMPLETED -> paint.good(status.wireName());
            case RUNNING -> status.wireName();
            case PARTIAL -> paint.warning(status.wireName());
            case FAILED -> paint.bad(status.wireName());
        };
    }

    /** A table with a line for each run. */
    public static List<String> list(List<RunState> runs, long now, Paint paint) {
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
                    painted(run.status(), paint),
                    Instant.ofEpochMilli(run.startedAt())
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString(),
                    seconds(run.startedAt(), run.endedAt() == null ? now : run.endedAt())));
            cells.addAll(counts(run.total()));
            table.row(cells);
        }
        return table.lines(paint);
    }

    /** As {@link #summary(RunState, long, Paint)}, without colour. */
    public static List<String> summary(RunState run, long now) {
        return summary(run, now, Paint.NONE);
    }

    /** A run with a line for each feed, the total, how far a running one is, and why feeds could not be read. */
    public static List<String> summary(RunState run, long now, Paint paint) {
        TextTable table = new TextTable(
                "feed", "fetched", "skipped", "parked", "written", "unchanged", "refused", "in flight", "seconds");
        run.feeds().forEach((name, feed) -> table.row(row(name, feed.tally(), seconds(feed, now))));
        table.row(row("total", run.total(), seconds(run.startedAt(), run.endedAt() == null ? now : run.endedAt())));
        List<String> lines = new ArrayList<>();
        lines.add("run " + run.run() + " (" + run.trigger() + "): " + painted(run.status(), paint) + outlook(run, now));
        lines.addAll(table.lines(paint));
        run.feeds().forEach((name, feed) -> {
            if (feed.problem() != null) {
                lines.add(paint.bad(name + " could not be read: " + feed.problem()));
            }
        });
        run.feeds().forEach((name, feed) -> {
            if (feed.pageSize() != null) {
                lines.add(name + " is read in pages of " + number(feed.pageSize()));
            }
        });
        if (!run.missingKeys().isEmpty()) {
            lines.add("found in no feed, and left as they are: " + String.join(", ", run.missingKeys()));
        }
        lines.addAll(causes(run.total()));
        return lines;
    }

    /** Percent, pace and remaining time of a running run; empty of one that has ended. */
    private static String outlook(RunState run, long now) {
        if (run.status().ended()) {
            return "";
        }
        List<FeedPace> paces = run.feeds().values().stream()
                .map(feed -> FeedPace.of(feed, now))
                .toList();
        long rows = paces.stream().mapToLong(FeedPace::rows).sum();
        long total = paces.stream().mapToLong(FeedPace::total).sum();
        double pace = paces.stream()
                .filter(feed -> !feed.ended())
                .mapToDouble(FeedPace::perSecond)
                .sum();
        boolean known = !paces.isEmpty() && paces.stream().allMatch(feed -> feed.total() > 0);
        StringBuilder text = new StringBuilder();
        if (known) {
            text.append(", ").append(rows * 100 / total).append(" %");
        }
        text.append(String.format(Locale.ROOT, ", %,.0f rows/s", pace));
        paces.stream()
                .map(FeedPace::secondsLeft)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .max()
                .ifPresent(left -> text.append(", about ")
                        .append(Amount.ofTime(left * 1000))
                        .append(" left"));
        return text.toString();
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
