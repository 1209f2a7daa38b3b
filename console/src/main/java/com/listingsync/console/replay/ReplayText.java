package com.listingsync.console.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.Json;
import com.listingsync.console.shell.TextTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Replays for people and for scripts. Stateless. */
public final class ReplayText {

    private static final int PERCENT = 100;

    private ReplayText() {}

    /** A table with a line for each replay. */
    public static List<String> list(List<ReplayStatus> replays) {
        TextTable table = new TextTable(
                "replay", "state", "done", "read", "sent", "written", "unchanged", "refused", "asked for", "by");
        for (ReplayStatus one : replays) {
            Tally total = one.total();
            table.row(List.of(
                    one.definition().id(),
                    one.state(),
                    percent(one),
                    number(one.read()),
                    number(one.sent()),
                    number(total.written()),
                    number(total.unchanged()),
                    number(total.refused()),
                    one.definition().request().words(),
                    one.definition().request().requestedBy()));
        }
        return table.lines();
    }

    /** One replay with a line for each table. */
    public static List<String> show(ReplayStatus one) {
        boolean rows = one.definition().request().ofRows();
        List<String> lines = new ArrayList<>();
        lines.add("replay " + one.definition().id() + ": " + one.state() + ", " + percent(one));
        lines.add("asked for " + one.definition().request().words() + " by "
                + one.definition().request().requestedBy() + " at "
                + Instant.ofEpochMilli(one.definition().at()).truncatedTo(ChronoUnit.SECONDS));
        one.why().ifPresent(lines::add);
        lines.addAll(leftOut(one.definition()));
        if (rows) {
            TextTable table = new TextTable("table", "sent", "written", "unchanged", "superseded", "refused");
            new TreeMap<>(one.tables()).forEach((name, tally) -> table.row(row(name, tally)));
            table.row(row("total", one.total()));
            lines.addAll(table.lines());
            lines.add("read " + number(one.read()) + " records");
        } else {
            Tally total = one.total();
            lines.add("records " + number(total.fetched()) + ": " + number(total.written()) + " rows written, "
                    + number(total.unchanged()) + " unchanged, " + number(total.skipped()) + " skipped, "
                    + number(total.refused()) + " refused, " + number(total.inFlight()) + " in flight");
        }
        one.total().counts().forEach((name, count) -> {
            if (name.startsWith("refused.")) {
                lines.add("refused " + name.substring("refused.".length()) + ": " + number(count)
                        + " (in the dead letters of the sink, with header " + ReplayMarks.REPLAY + ")");
            }
        });
        return lines;
    }

    /** One line while it runs. */
    public static String progress(ReplayStatus one, double perSecond) {
        long left = Math.max(0, one.size() - one.done());
        String remaining = perSecond <= 0 || left == 0 ? "-" : time((long) Math.ceil(left / perSecond));
        String why = one.why()
                .filter(words -> !words.isBlank())
                .map(words -> " (" + words + ")")
                .orElse("");
        return String.format(
                Locale.ROOT,
                "replay %s  %s%s  %s  read %,d  sent %,d  %,.0f/s  remaining %s",
                one.definition().id(),
                one.state(),
                why,
                percent(one),
                one.read(),
                one.sent(),
                perSecond,
                remaining);
    }

    /** One replay as {@code --json} and the API show it. */
    public static ObjectNode json(ReplayStatus one) {
        ReplayRequest request = one.definition().request();
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("replay", one.definition().id())
                .put("state", one.state())
                .put("why", one.why().orElse(null))
                .put("ended", one.isEnded())
                .put("topic", request.topic())
                .put("selection", request.words())
                .put(
                        "target",
                        request.target() == null ? null : request.target().url())
                .put("requestedBy", request.requestedBy())
                .put("requestedAt", one.definition().at())
                .put("changedAt", one.changedAt())
                .put("process", one.process())
                .put("done", one.done())
                .put("size", one.size())
                .put("read", one.read());
        counts(json, one.total());
        json.put("sent", one.sent());
        ObjectNode tables = json.putObject("tables");
        one.tables().forEach((name, tally) -> counts(tables.putObject(name), tally));
        json.set("leftOut", Json.MAPPER.valueToTree(one.definition().leftOut()));
        return json;
    }

    /** The counts for the audit trail. */
    static Map<String, Long> counted(ReplayStatus one) {
        Tally total = one.total();
        return Map.of(
                "read", one.read(),
                "sent", one.sent(),
                "written", total.written(),
                "unchanged", total.unchanged(),
                "refused", total.refused());
    }

    static List<String> leftOut(ReplayDefinition definition) {
        return new TreeMap<>(definition.leftOut())
                .entrySet().stream()
                        .map(table -> "left out " + table.getKey() + ": " + table.getValue())
                        .toList();
    }

    private static void counts(ObjectNode json, Tally tally) {
        json.put("sent", ReplayCounts.sent(tally))
                .put("written", tally.written())
                .put("unchanged", tally.unchanged())
                .put("superseded", tally.skipped())
                .put("refused", tally.refused())
                .set("counts", Json.MAPPER.valueToTree(tally));
    }

    private static List<String> row(String name, Tally tally) {
        return List.of(
                name,
                number(ReplayCounts.sent(tally)),
                number(tally.written()),
                number(tally.unchanged()),
                number(tally.skipped()),
                number(tally.refused()));
    }

    private static String percent(ReplayStatus one) {
        if (one.size() == 0) {
            return one.isEnded() ? "100 %" : "-";
        }
        return Math.min(PERCENT, one.done() * PERCENT / one.size()) + " %";
    }

    private static String time(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
