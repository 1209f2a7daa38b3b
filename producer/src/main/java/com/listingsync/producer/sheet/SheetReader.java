package com.listingsync.producer.sheet;

import com.listingsync.common.event.Origin;
import com.listingsync.common.event.View;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.wire.ContentHash;
import com.listingsync.producer.connection.Connection;
import com.listingsync.producer.connection.SheetTab;
import com.listingsync.producer.connection.Spreadsheet;
import com.listingsync.producer.publish.FeedLog;
import com.listingsync.producer.publish.KafkaAccess;
import com.listingsync.producer.publish.SourceRecord;
import com.listingsync.producer.source.ConnectionReader;
import com.listingsync.producer.source.FeedBooks;
import com.listingsync.producer.source.FeedMeters;
import com.listingsync.producer.source.Pass;
import com.listingsync.producer.source.SourceMeters;
import com.listingsync.producer.upstream.Guard;
import com.listingsync.producer.upstream.UpstreamException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tabs of one spreadsheet: one small request tells whether anything changed, two more bring all tabs. All that a
 * pass writes is one transaction: rows, deletes, dead letters, reports and the checkpoint.
 */
public final class SheetReader implements ConnectionReader {

    /** The one log of all tabs; its name can't be a tab's, because a tab's feed is reported under its own. */
    private static final String LOG = "spreadsheet";

    private final Connection connection;
    private final Spreadsheet spreadsheet;
    private final GoogleSheets google;
    private final KafkaAccess kafka;
    private final Clock clock;
    private final SourceMeters all;
    private final Map<String, FeedMeters> meters = new HashMap<>();
    private final Map<String, String> lastProblems = new HashMap<>();
    private @Nullable FeedLog log;
    private SheetMemory memory;

    public SheetReader(
            Connection connection,
            Spreadsheet spreadsheet,
            Guard guard,
            KafkaAccess kafka,
            SourceMeters meters,
            Clock clock) {
        this.connection = connection;
        this.spreadsheet = spreadsheet;
        this.google = new GoogleSheets(connection.name(), spreadsheet, guard, meters.all());
        this.kafka = kafka;
        this.clock = clock;
        this.memory = new SheetMemory(kafka, connection.name(), SheetCheckpoint.NONE);
        this.all = meters;
        spreadsheet.tabs().forEach(tab -> this.meters.put(tab.feed(), meters.of(name(tab))));
    }

    @Override
    public void open() {
        close();
        FeedLog opened = FeedLog.open(kafka, new FeedName(connection.name(), LOG), clock);
        log = opened;
        SheetCheckpoint last = opened.checkpoint().map(SheetCheckpoint::of).orElse(SheetCheckpoint.NONE);
        memory = new SheetMemory(kafka, connection.name(), last.under(settings()));
    }

    @Override
    public Map<String, Optional<String>> run(Pass pass) throws InterruptedException {
        List<SheetTab> wanted = spreadsheet.tabs().stream()
                .filter(tab -> pass.feeds().contains(tab.feed()))
                .toList();
        Map<String, TabPass> tabs = new LinkedHashMap<>();
        wanted.forEach(tab -> tabs.put(tab.feed(), TabPass.NOTHING));
        boolean done = pass.trigger() == Pass.Trigger.COMMAND
                && memory.checkpoint().run().equals(pass.run());
        if (!done && !wanted.isEmpty()) {
            SheetCheckpoint next = memory.checkpoint();
            try {
                next = read(pass, wanted, tabs);
            } catch (UpstreamException e) {
                // Nothing of the spreadsheet is written; the next pass reads it again, health and the run say why.
                wanted.forEach(tab -> tabs.put(tab.feed(), TabPass.unreadable(String.valueOf(e.getMessage()))));
            }
            write(pass, tabs, pass.keys().isEmpty() ? next.by(pass.run()) : next);
        }
        Map<String, Optional<String>> problems = new LinkedHashMap<>();
        tabs.forEach((feed, tab) -> problems.put(feed, tab.problem()));
        return problems;
    }

    @Override
    public void interruptRequests() {
        // Google's client reads with a deadline of its own and reacts to nothing else.
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
            log = null;
        }
    }

    /** Reads what is to be read into {@code tabs}, and answers with the checkpoint once that is committed. */
    private SheetCheckpoint read(Pass pass, List<SheetTab> wanted, Map<String, TabPass> tabs)
            throws InterruptedException {
        SheetCheckpoint before = memory.checkpoint();
        long drive = google.driveVersion();
        boolean some = !pass.keys().isEmpty();
        boolean unchanged =
                wanted.stream().allMatch(tab -> Objects.equals(before.versions().get(tab.feed()), drive));
        if (unchanged && !pass.force() && !some && !fullReadDue()) {
            return before;
        }
        TabTables tables = tables();
        // Another file may count from below: a version never goes backwards, or the rows would count as stale.
        long version = Math.max(drive, before.highest());
        SheetCheckpoint next = before.emittedUpTo(version);
        Map<String, Long> read = new HashMap<>();
        for (SheetTab tab : wanted) {
            TabPass of = tabPass(pass, tab, tables, version);
            tabs.put(tab.feed(), of);
            if (!some && tables.of(tab.feed()).problem().isEmpty()) {
                next = next.reporting(tab.feed(), of.bad());
            }
            if (!some && of.problem().isEmpty()) {
                read.put(tab.feed(), drive);
            }
        }
        if (some) {
            return next;
        }
        boolean all = wanted.size() == spreadsheet.tabs().size();
        return (all ? next.readInFullAt(clock.millis()) : next).with(read);
    }

    private TabPass tabPass(Pass pass, SheetTab tab, TabTables tables, long version) {
        SheetTable table = tables.of(tab.feed());
        if (table.problem().isPresent()) {
            return TabPass.unreadable(table.problem().get());
        }
        Origin origin = new Origin(connection.name(), tab.feed(), View.NONE, Optional.of(pass.run()));
        Map<String, KnownRow> known = memory.rows();
        if (!pass.keys().isEmpty()) {
            SheetTable some = table.only(pass.keys());
            SheetChanges changes = SheetChanges.of(name(tab), some, known.keySet(), known, 1, true);
            return TabPass.of(some, changes, origin, version, memory.reported(tab.feed()));
        }
        SheetChanges changes = SheetChanges.of(
                name(tab), table, tables.elsewhere(tab.feed()), known, spreadsheet.brakeShare(), pass.force());
        return TabPass.of(table, changes, origin, version, memory.reported(tab.feed()));
    }

    private TabTables tables() throws InterruptedException {
        SpreadsheetLayout layout = google.layout();
        List<SheetTab> there = spreadsheet.tabs().stream()
                .filter(tab -> layout.tabs().contains(tab.title()))
                .toList();
        return TabTables.of(spreadsheet.tabs(), layout, there.isEmpty() ? Map.of() : google.values(there));
    }

    private void write(Pass pass, Map<String, TabPass> tabs, SheetCheckpoint next) {
        FeedLog to = Objects.requireNonNull(log, "opened before it is read");
        boolean command = pass.trigger() == Pass.Trigger.COMMAND;
        boolean moves = !next.sameExceptRun(memory.checkpoint());
        boolean news = tabs.entrySet().stream().anyMatch(tab -> isNews(tab.getKey(), tab.getValue()));
        if (command || moves || news) {
            to.begin();
            tabs.forEach((feed, tab) -> write(pass, feed, tab, to));
            tabs.keySet()
                    .forEach(feed ->
                            mended(feed, next).forEach(row -> to.mended(new FeedName(connection.name(), feed), row)));
            to.moveCheckpoint(next.bytes());
            all.commit(to::commit);
            memory.committed(next);
        }
        tabs.forEach(this::remember);
    }

    private void write(Pass pass, String feed, TabPass tab, FeedLog to) {
        if (pass.trigger() == Pass.Trigger.SCHEDULE && !isNews(feed, tab)) {
            return;
        }
        tab.records().forEach(to::send);
        tab.refusals().forEach(to::refuse);
        FeedBooks books = new FeedBooks(new FeedName(connection.name(), feed), pass, false, clock);
        books.expect(tab.counts().fetched());
        books.count(tab.counts());
        for (SourceRecord record : tab.records()) {
            books.found(record.key().listing());
            record.key().child().ifPresent(books::found);
        }
        to.report(pass.run(), books.end(tab.problem().orElse(null)));
    }

    /** Bad rows that were reported and are not there any more: somebody has corrected them, or taken them out. */
    private Set<String> mended(String feed, SheetCheckpoint next) {
        Set<String> mended = new HashSet<>(memory.reported(feed));
        mended.removeAll(next.reported().getOrDefault(feed, Set.of()));
        return mended;
    }

    private boolean isNews(String feed, TabPass tab) {
        return tab.hasNews()
                || tab.problem()
                        .filter(problem -> !problem.equals(lastProblems.get(feed)))
                        .isPresent();
    }

    private void remember(String feed, TabPass tab) {
        if (!tab.records().isEmpty()) {
            memory.committed(tab.records());
        }
        FeedMeters feedMeters = Objects.requireNonNull(meters.get(feed), feed);
        feedMeters.counted(tab.counts().counts());
        if (tab.problem().isEmpty()) {
            lastProblems.remove(feed);
            feedMeters.readToEnd();
        } else {
            lastProblems.put(feed, tab.problem().get());
        }
    }

    private boolean fullReadDue() {
        Instant last = Instant.ofEpochMilli(memory.checkpoint().fullReadAt());
        return !clock.instant().isBefore(last.plus(spreadsheet.fullRead()));
    }

    /** Tells whether the same is read in the same way as before; of a restart alone, nothing is read again. */
    private String settings() {
        String text = spreadsheet.id() + spreadsheet.tabs();
        return ContentHash.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private FeedName name(SheetTab tab) {
        return new FeedName(connection.name(), tab.feed());
    }
}
