package com.listingsync.producer.sheet;

import com.listingsync.common.event.Origin;
import com.listingsync.common.event.View;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Tally;
import com.listingsync.producer.connection.Connection;
import com.listingsync.producer.connection.SheetTab;
import com.listingsync.producer.connection.Spreadsheet;
import com.listingsync.producer.publish.FeedLog;
import com.listingsync.producer.publish.KafkaAccess;
import com.listingsync.producer.publish.Refusal;
import com.listingsync.producer.publish.SourceRecord;
import com.listingsync.producer.source.ConnectionReader;
import com.listingsync.producer.source.FeedBooks;
import com.listingsync.producer.source.FeedMeters;
import com.listingsync.producer.source.Pass;
import com.listingsync.producer.source.SourceMeters;
import com.listingsync.producer.upstream.Guard;
import com.listingsync.producer.upstream.UpstreamException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
 * Reads the tabs of one spreadsheet: one small request tells whether anything changed, one more brings all tabs. All that
 * a pass writes is one transaction: rows, deletes, dead letters, reports and the checkpoint.
 */
public final class SheetReader implements ConnectionReader {

    /** The one log of all tabs; its name can't be a tab's, because a tab's feed is reported under its own. */
    private static final String LOG = "spreadsheet";

    private final Connection connection;
    private final Spreadsheet spreadsheet;
    private final GoogleSheets google;
    private final KafkaAccess kafka;
    private final Clock clock;
    private final Map<String, FeedMeters> meters = new HashMap<>();
    private final Set<String> reportedBad = new HashSet<>();
    private final Map<String, String> lastProblems = new HashMap<>();
    private @Nullable FeedLog log;
    private @Nullable Map<String, KnownRow> known;
    private Instant lastFullRead = Instant.MIN;
    private SheetCheckpoint checkpoint = SheetCheckpoint.NONE;

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
        spreadsheet.tabs().forEach(tab -> this.meters.put(tab.feed(), meters.of(name(tab))));
    }

    /**
     * Tells whether a spreadsheet's credentials are any.
     *
     * @throws com.listingsync.common.setting.SettingsException when they are not
     */
    public static void requireCredentials(Spreadsheet spreadsheet) {
        new SheetAccess(spreadsheet.credentials());
    }

    @Override
    public void open() {
        close();
        FeedLog opened = FeedLog.open(kafka, new FeedName(connection.name(), LOG), clock);
        log = opened;
        checkpoint = opened.checkpoint().map(SheetCheckpoint::of).orElse(SheetCheckpoint.NONE);
        known = null;
        // A restart is no reason to read an unchanged spreadsheet.
        lastFullRead = clock.instant();
    }

    @Override
    public Map<String, Optional<String>> run(Pass pass) throws InterruptedException {
        List<SheetTab> wanted = spreadsheet.tabs().stream()
                .filter(tab -> pass.feeds().contains(tab.feed()))
                .toList();
        boolean done =
                pass.trigger() == Pass.Trigger.COMMAND && checkpoint.run().equals(pass.run());
        Map<String, TabPass> tabs = new LinkedHashMap<>();
        if (done || wanted.isEmpty()) {
            wanted.forEach(tab -> tabs.put(tab.feed(), nothing()));
            return problems(tabs);
        }
        Map<String, Long> versions = new HashMap<>();
        try {
            read(pass, wanted, tabs, versions);
        } catch (UpstreamException e) {
            // Nothing of the spreadsheet is written; the next pass reads it again, health and the run say why.
            wanted.forEach(tab -> tabs.put(tab.feed(), TabPass.unreadable(String.valueOf(e.getMessage()))));
        }
        write(pass, tabs, versions);
        return problems(tabs);
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

    private void read(Pass pass, List<SheetTab> wanted, Map<String, TabPass> tabs, Map<String, Long> versions)
            throws InterruptedException {
        long version = google.driveVersion();
        if (!pass.force()
                && pass.keys().isEmpty()
                && !fullReadDue()
                && wanted.stream()
                        .allMatch(tab -> Objects.equals(checkpoint.versions().get(tab.feed()), version))) {
            wanted.forEach(tab -> tabs.put(tab.feed(), nothing()));
            return;
        }
        Map<String, SheetTable> tables = tables();
        if (known == null) {
            known = KnownRows.read(kafka, connection.name());
        }
        for (SheetTab tab : wanted) {
            TabPass read = tabPass(pass, tab, tables, version);
            tabs.put(tab.feed(), read);
            if (pass.keys().isEmpty() && read.problem().isEmpty()) {
                versions.put(tab.feed(), version);
            }
        }
        if (pass.keys().isEmpty()) {
            lastFullRead = clock.instant();
        }
    }

    private TabPass tabPass(Pass pass, SheetTab tab, Map<String, SheetTable> tables, long version) {
        SheetTable table = Objects.requireNonNull(tables.get(tab.feed()), tab.feed());
        if (table.problem().isPresent()) {
            return TabPass.unreadable(table.problem().get());
        }
        Origin origin = new Origin(connection.name(), tab.feed(), View.NONE, Optional.of(pass.run()));
        Map<String, KnownRow> before = Objects.requireNonNull(known, "known rows are read first");
        if (!pass.keys().isEmpty()) {
            SheetTable some = table.only(pass.keys());
            SheetChanges changes = SheetChanges.of(tab.feed(), some.rows(), before.keySet(), before, 1, true);
            return TabPass.of(some, changes, origin, version, reportedBad);
        }
        Set<String> elsewhere = new HashSet<>();
        tables.forEach((feed, other) -> {
            if (!feed.equals(tab.feed())) {
                elsewhere.addAll(other.rows().keySet());
            }
        });
        SheetChanges changes =
                SheetChanges.of(tab.feed(), table.rows(), elsewhere, before, spreadsheet.brakeShare(), pass.force());
        return TabPass.of(table, changes, origin, version, reportedBad);
    }

    /** All tabs by feed; a property number that stands in several is left to the last of them. */
    private Map<String, SheetTable> tables() throws InterruptedException {
        boolean dates =
                spreadsheet.tabs().stream().anyMatch(tab -> !tab.dateHeaders().isEmpty());
        ZoneId zone = dates ? google.zone() : ZoneOffset.UTC;
        List<List<List<Object>>> values = google.values(spreadsheet.tabs());
        Map<String, SheetTable> tables = new LinkedHashMap<>();
        Set<String> later = new HashSet<>();
        for (int i = spreadsheet.tabs().size() - 1; i >= 0; i--) {
            SheetTab tab = spreadsheet.tabs().get(i);
            SheetTable table = SheetTable.of(tab, values.get(i), zone).without(later);
            later.addAll(table.rows().keySet());
            tables.put(tab.feed(), table);
        }
        return tables;
    }

    private void write(Pass pass, Map<String, TabPass> tabs, Map<String, Long> versions) {
        FeedLog to = Objects.requireNonNull(log, "opened before it is read");
        boolean command = pass.trigger() == Pass.Trigger.COMMAND;
        boolean moves = !checkpoint.versions().entrySet().containsAll(versions.entrySet());
        boolean news = tabs.entrySet().stream().anyMatch(tab -> isNews(tab.getKey(), tab.getValue()));
        if (command || moves || news) {
            to.begin();
            tabs.forEach((feed, tab) -> write(pass, feed, tab, to));
            SheetCheckpoint next = checkpoint.with(versions, pass.keys().isEmpty() ? pass.run() : checkpoint.run());
            to.moveCheckpoint(next.bytes());
            to.commit();
            checkpoint = next;
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

    private boolean isNews(String feed, TabPass tab) {
        return tab.hasNews()
                || tab.problem()
                        .filter(problem -> !problem.equals(lastProblems.get(feed)))
                        .isPresent();
    }

    private void remember(String feed, TabPass tab) {
        Map<String, KnownRow> rows = known;
        for (SourceRecord record : tab.records()) {
            String number = KnownRows.propertyNumber(record.key());
            if (rows != null && record.value() == null) {
                rows.computeIfPresent(number, (n, row) -> row.key().equals(record.key()) ? null : row);
            } else if (rows != null) {
                rows.put(number, new KnownRow(record.key(), feed, record.event().contentHash()));
            }
        }
        for (Refusal refusal : tab.refusals()) {
            if (refusal.value() != null) {
                reportedBad.add(TabPass.fingerprint(feed, refusal.code(), refusal.value()));
            }
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
        return !clock.instant().isBefore(lastFullRead.plus(spreadsheet.fullRead()));
    }

    private FeedName name(SheetTab tab) {
        return new FeedName(connection.name(), tab.feed());
    }

    private static TabPass nothing() {
        return new TabPass(List.of(), List.of(), Tally.NONE, Optional.empty());
    }

    private static Map<String, Optional<String>> problems(Map<String, TabPass> tabs) {
        Map<String, Optional<String>> problems = new LinkedHashMap<>();
        tabs.forEach((feed, tab) -> problems.put(feed, tab.problem()));
        return problems;
    }
}
