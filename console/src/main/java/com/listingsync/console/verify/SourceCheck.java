package com.listingsync.console.verify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.command.SyncCommand.Sweep;
import com.listingsync.common.run.FeedState;
import com.listingsync.common.run.RunId;
import com.listingsync.common.run.RunState;
import com.listingsync.common.wire.ControlKey;
import com.listingsync.common.wire.Json;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.kafka.LatestRecords;
import com.listingsync.console.run.RunRequest;
import com.listingsync.console.run.RunWatch;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.shell.TextTable;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares the log with the sources, by asking the producers: they own the connections' tokens, limits and cursors, and a second reader
 * beside them would spend what they have left.
 *
 * <p>First they catch up with what has changed since they last looked. Then every MLS feed's keys and clocks are compared with the log
 * (a sweep), and every spreadsheet is read whole: what comes now was <em>missing or stale</em> in the log, and has been fetched by
 * it. What the log has and the server does not is <em>extra</em>: it stands on {@code sync.absences} until its grace is over.
 * Confined to one thread.
 */
public final class SourceCheck {

    private static final String SHEETS = "google-sheets";

    private final KafkaAccess access;
    private final List<ConnectionCard> connections;
    private final List<String> keys;
    private final Clock clock;

    /**
     * @param connections as the producers announce them
     * @param keys only what belongs to these; empty for all
     */
    public SourceCheck(KafkaAccess access, List<ConnectionCard> connections, List<String> keys, Clock clock) {
        this.access = access;
        this.connections = List.copyOf(connections);
        this.keys = List.copyOf(keys);
        this.clock = clock;
    }

    /**
     * What was found of a feed.
     *
     * @param read records that were looked at one by one; keys that a sweep compares are not counted
     * @param behind records that were missing or stale in the log, and are fetched now
     * @param extra records that the log has and the source does not
     * @param problem why it could not be compared; null when it was
     */
    public record FeedReport(
            long read, long behind, long extra, @Nullable String problem) {

        /** Whether the log has just what the source has. */
        public boolean isInSync() {
            return behind == 0 && extra == 0 && problem == null;
        }
    }

    /**
     * What was found of all feeds.
     *
     * @param feeds by {@code connection/feed}
     */
    public record Report(Map<String, FeedReport> feeds) {
        public Report {
            feeds = java.util.Collections.unmodifiableMap(new TreeMap<>(feeds));
        }

        /** Whether the log has just what all sources have. */
        public boolean isInSync() {
            return feeds.values().stream().allMatch(FeedReport::isInSync);
        }

        /** For people. */
        public List<String> lines() {
            TextTable table = new TextTable("feed", "read", "missing or stale in the log", "extra in the log");
            feeds.forEach((name, feed) -> table.row(List.of(
                    name,
                    String.format(Locale.ROOT, "%,d", feed.read()),
                    String.format(Locale.ROOT, "%,d", feed.behind()),
                    String.format(Locale.ROOT, "%,d", feed.extra()))));
            List<String> lines = new ArrayList<>(table.lines());
            feeds.forEach((name, feed) -> {
                if (feed.problem() != null) {
                    lines.add(name + " could not be compared: " + feed.problem());
                }
            });
            lines.add(
                    isInSync()
                            ? "the log has what the sources have"
                            : "the log had not what the sources have; what was missing or stale is fetched");
            return lines;
        }

        /** For scripts. */
        public ObjectNode json() {
            ObjectNode json = Json.MAPPER.createObjectNode().put("inSync", isInSync());
            ObjectNode all = json.putObject("feeds");
            feeds.forEach((name, feed) -> all.putObject(name)
                    .put("read", feed.read())
                    .put("behind", feed.behind())
                    .put("extra", feed.extra())
                    .put("problem", feed.problem()));
            return json;
        }
    }

    /**
     * Compares; as long as the producers need.
     *
     * @param goOn asked several times a second
     * @throws CommandFailure when it was ended early
     */
    public Report work(BooleanSupplier goOn) {
        if (!keys.isEmpty()) {
            return report(run(connections, Sweep.NONE, false, goOn), Map.of());
        }
        run(connections, Sweep.NONE, false, goOn);
        List<ConnectionCard> sheets =
                connections.stream().filter(card -> card.kind().equals(SHEETS)).toList();
        List<ConnectionCard> boards =
                connections.stream().filter(card -> !card.kind().equals(SHEETS)).toList();
        Map<String, FeedState> feeds = new TreeMap<>();
        if (!boards.isEmpty()) {
            feeds.putAll(run(boards, Sweep.SWEEP, false, goOn));
        }
        if (!sheets.isEmpty()) {
            feeds.putAll(run(sheets, Sweep.NONE, true, goOn));
        }
        return report(feeds, absences());
    }

    private Map<String, FeedState> run(List<ConnectionCard> cards, Sweep sweep, boolean force, BooleanSupplier goOn) {
        String run = RunId.next(clock.instant(), new SecureRandom());
        try (RunsTail tail = RunsTail.open(access)) {
            RunRequest.over(run, "verify", cards, keys, force, sweep, null).send(access, clock.millis());
            RunState ended = new RunWatch(tail)
                    .untilEnd(run, goOn, state -> {})
                    .orElseThrow(() -> new CommandFailure("the comparison was ended early; run " + run + " goes on"));
            return ended.feeds();
        }
    }

    private Report report(Map<String, FeedState> feeds, Map<String, Long> extra) {
        Map<String, FeedReport> reports = new TreeMap<>();
        feeds.forEach((name, feed) -> reports.put(
                name,
                new FeedReport(
                        feed.tally().fetched(),
                        feed.tally().fetched() - feed.tally().skipped(),
                        extra.getOrDefault(name, 0L),
                        feed.problem())));
        return new Report(reports);
    }

    /** Records that the last sweeps have missed, by feed. */
    private Map<String, Long> absences() {
        Map<String, Long> absences = new TreeMap<>();
        LatestRecords.of(access, access.topics().absences()).keySet().forEach(key -> {
            List<String> parts = ControlKey.parts(key.getBytes(StandardCharsets.UTF_8));
            absences.merge(parts.get(0) + "/" + parts.get(1), 1L, Long::sum);
        });
        return absences;
    }
}
