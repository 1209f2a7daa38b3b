package com.listingsync.console.deadletter;

import com.listingsync.common.deadletter.DeadLetter.Position;
import com.listingsync.console.shell.TextTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dead letters for people. Pure. */
public final class LetterText {

    private static final int MESSAGE = 70;

    private LetterText() {}

    /** A table, a letter a line, and how many there are more. */
    public static List<String> list(DeadLetters.Page page) {
        if (page.letters().isEmpty()) {
            return List.of("no dead letters");
        }
        TextTable table = new TextTable("id", "state", "when", "stage", "code", "what", "key", "replays", "message");
        for (LetterSummary letter : page.letters()) {
            table.row(List.of(
                    letter.id().toString(),
                    letter.state().wireName(),
                    time(letter.at()),
                    letter.stage(),
                    letter.code(),
                    letter.entity().or(letter::table).orElse("-"),
                    key(letter),
                    Integer.toString(letter.replays()),
                    cut(letter.message())));
        }
        List<String> lines = new ArrayList<>(table.lines());
        long more = page.matching() - page.letters().size();
        if (more > 0) {
            lines.add(
                    number(more) + " older ones; --max N shows more, 'dlq stats' counts them, 'dlq export' writes all");
        }
        return lines;
    }

    /** A table, a cause a line. */
    public static List<String> stats(LetterStats stats) {
        List<LetterStats.Line> causes = stats.lines();
        if (causes.isEmpty()) {
            return List.of("no dead letters");
        }
        List<String> headings = new ArrayList<>(List.of("stage", "code", "total"));
        for (LetterState state : LetterState.values()) {
            headings.add(state.wireName());
        }
        headings.addAll(List.of("first", "last", "meaning"));
        TextTable table = new TextTable(headings.toArray(String[]::new));
        for (LetterStats.Line cause : causes) {
            List<String> cells = new ArrayList<>(List.of(cause.stage(), cause.code(), number(cause.total())));
            for (LetterState state : LetterState.values()) {
                cells.add(number(cause.count(state)));
            }
            cells.addAll(List.of(
                    time(cause.first()),
                    time(cause.last()),
                    cut(Causes.of(cause.stage(), cause.code()).meaning())));
            table.row(cells);
        }
        return table.lines();
    }

    /** A letter whole. */
    public static List<String> show(LetterView view) {
        LetterSummary letter = view.summary();
        List<String> lines = new ArrayList<>();
        lines.add("letter    " + letter.id());
        lines.add("state     " + letter.state().wireName() + replays(letter));
        lines.add("refused   " + time(letter.at()) + " by " + letter.stage() + " after " + times(letter.attempts()));
        lines.add("code      " + letter.code()
                + letter.httpStatus().map(status -> " (HTTP " + status + ")").orElse(""));
        lines.add("message   " + letter.message());
        line(lines, "column    ", letter.column());
        line(lines, "exception ", view.letter().exceptionClass());
        line(lines, "key       ", view.letter().key());
        line(lines, "entity    ", letter.entity());
        line(lines, "table     ", letter.table());
        line(
                lines,
                "feed      ",
                letter.connection().map(name -> name + "/" + letter.feed().orElse("?")));
        line(lines, "run       ", letter.run());
        line(lines, "from      ", letter.origin().map(LetterText::place));
        lines.add("");
        lines.addAll(explained(view.cause()));
        view.fates().forEach(fate -> lines.add("then      " + fate));
        lines.add("");
        lines.add("headers");
        view.headers().forEach((name, value) -> lines.add("  " + name + ": " + value.replace("\n", " ")));
        lines.add("");
        lines.add("value (" + number(letter.valueBytes()) + " bytes)");
        view.valueText()
                .ifPresentOrElse(
                        text -> text.lines().forEach(each -> lines.add("  " + each)), () -> lines.add("  none"));
        return lines;
    }

    /** What a code means and what fixes it. */
    public static List<String> explained(Causes.Cause cause) {
        List<String> lines = new ArrayList<>();
        wrapped("meaning   ", cause.meaning(), lines);
        wrapped("fix       ", cause.fix(), lines);
        return lines;
    }

    /** What a replay or discard did, or would do. */
    public static List<String> redriven(RedriveReport report, String verb, boolean dryRun) {
        List<String> lines = new ArrayList<>();
        String where = report.where().size() == 1
                ? " to " + report.where().keySet().iterator().next()
                : "";
        lines.add((dryRun ? "would have " + verb + " " : verb + " ")
                + number(report.done())
                + (report.done() == 1 ? " letter" : " letters")
                + (verb.equals("replayed") ? where : "")
                + (report.wasStopped() ? ", then stopped" : ""));
        if (report.overtakenByNewer() > 0) {
            lines.add("left " + number(report.overtakenByNewer())
                    + " alone: the log holds something newer of their records");
        }
        report.problems().forEach(problem -> lines.add("not possible: " + problem));
        if (report.impossible() > report.problems().size()) {
            lines.add("not possible: "
                    + number(report.impossible() - report.problems().size()) + " more");
        }
        return lines;
    }

    private static String replays(LetterSummary letter) {
        return letter.replays() == 0 ? "" : ", refused again after " + times(letter.replays()) + " replayed";
    }

    private static String times(long count) {
        return count == 1 ? "1 attempt" : count + " attempts";
    }

    private static String place(Position place) {
        return place.topic() + ", partition " + place.partition() + ", offset " + place.offset();
    }

    private static String key(LetterSummary letter) {
        return letter.listing()
                .map(listing -> listing
                        + letter.child()
                                .filter(child -> !child.equals(listing))
                                .map(child -> "/" + child)
                                .orElse(""))
                .orElse("-");
    }

    private static void line(List<String> lines, String heading, Optional<String> value) {
        value.ifPresent(text -> lines.add(heading + text));
    }

    private static void wrapped(String heading, String text, List<String> lines) {
        StringBuilder line = new StringBuilder(heading);
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > 100) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(heading.length()));
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
    }

    private static String cut(String text) {
        String line = text.replace('\n', ' ');
        return line.length() <= MESSAGE ? line : line.substring(0, MESSAGE - 1) + "…";
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
