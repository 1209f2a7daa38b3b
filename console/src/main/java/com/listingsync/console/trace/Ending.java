package com.listingsync.console.trace;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.signal.Signal;
import com.listingsync.common.signal.SignalTarget;
import com.listingsync.common.wire.KeyText;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowKey;
import com.listingsync.console.shell.Amount;
import com.listingsync.console.trace.LogRecord.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Says why a key is as it is: the first of the reasons that holds, from its source to Supabase. Pure. */
final class Ending {

    private final Evidence evidence;
    private final List<Chapter> chapters;
    private final Refusals refusals;

    Ending(Evidence evidence, List<Chapter> all, Refusals refusals) {
        this.evidence = evidence;
        this.refusals = refusals;
        this.chapters = all.stream()
                .filter(chapter -> evidence.isListing()
                        ? !chapter.isChild()
                        : KeyText.split(chapter.record().key()).contains(evidence.key()))
                .toList();
    }

    TraceVerdict verdict() {
        Optional<LogRecord> row = lastRow();
        Optional<Chapter> last = chapters.isEmpty() ? Optional.empty() : Optional.of(chapters.get(chapters.size() - 1));
        return last.flatMap(chapter -> beforeTheRow(chapter, row))
                .or(() -> row.map(this::ofRow))
                .or(() -> last.map(this::noRow))
                .orElseGet(this::unknown);
    }

    private Optional<LogRecord> lastRow() {
        return evidence.records().stream()
                .filter(record -> record.source() == Source.ROWS)
                .filter(record -> key(record).id().equals(evidence.key()))
                .max(Comparator.comparingLong(record -> record.number(RecordHeaders.ROW_VERSION)));
    }

    private Optional<TraceVerdict> beforeTheRow(Chapter last, Optional<LogRecord> row) {
        OptionalLong behind = evidence.positions().processorBehind(last.record().place());
        if (behind.isPresent()) {
            return Optional.of(new TraceVerdict(
                    "processor-behind",
                    "waiting for the processor, which is " + Amount.of(behind.getAsLong(), "record") + " behind"
                            + paused(SignalTarget.PROCESSOR)));
        }
        return switch (last.end()) {
            case PARKED ->
                Optional.of(new TraceVerdict(
                        "parked",
                        "waiting for its parent " + evidence.listing() + " since "
                                + time(last.record().timestamp()) + "; no source has sent it"));
            case REFUSED ->
                last.letter() == null
                        ? Optional.empty()
                        : Optional.of(refused("the mapping", last.letter(), row.isPresent()));
            default -> Optional.empty();
        };
    }

    private TraceVerdict ofRow(LogRecord row) {
        OptionalLong behind = evidence.positions().sinkBehind(row.place());
        Optional<LogRecord> letter = refusals.of(row);
        Optional<Held> held = Optional.ofNullable(evidence.held().get(key(row).table() + "/" + key(row).id()));
        long version = row.number(RecordHeaders.ROW_VERSION);
        long there = held.flatMap(Held::version).orElse(0L);
        if (held.isPresent() && there == version) {
            return inStep(row);
        }
        if (letter.isPresent()) {
            return refused("Supabase", letter.get(), there > 0);
        }
        if (evidence.leftAside().isPresent()) {
            return new TraceVerdict(
                    "left-aside",
                    "not written by this sync: " + evidence.leftAside().get());
        }
        if (behind.isPresent()) {
            return new TraceVerdict(
                    "sink-behind",
                    (there > 0 ? "Supabase holds an older version" : "Supabase does not have it yet") + ": the sink is "
                            + Amount.of(behind.getAsLong(), "record") + " behind" + paused(SignalTarget.SINK));
        }
        if (held.isEmpty()) {
            return new TraceVerdict(
                    "unchecked",
                    "sent to Supabase; what it holds could not be looked at: "
                            + evidence.supabaseProblem().orElse("its address and key were not given"));
        }
        return delivered(version, there);
    }

    private TraceVerdict delivered(long version, long there) {
        String repair = "'./listing-sync verify --keys " + evidence.key() + " --repair' sends it again";
        if (there == 0) {
            return new TraceVerdict(
                    "missing", "Supabase has no such row although it was sent: somebody has deleted it; " + repair);
        }
        return there < version
                ? new TraceVerdict(
                        "older",
                        "Supabase holds row version " + there + " although " + version
                                + " was sent: somebody has put an older one back; " + repair)
                : new TraceVerdict(
                        "newer",
                        "Supabase holds row version " + there + ", newer than all that the log has (" + version
                                + "): it was written by somebody else, or from another log");
    }

    private TraceVerdict inStep(LogRecord row) {
        boolean deleted =
                row.header(RecordHeaders.OPERATION).filter("delete"::equals).isPresent();
        String step = deleted
                ? "in step: its sources have it no more since " + time(row.timestamp())
                        + ", and its row is marked as deleted"
                : "in step: Supabase holds what the log says";
        Optional<TraceVerdict> stale = notRead();
        return stale.orElseGet(() -> new TraceVerdict(deleted ? "deleted" : "in-step", step));
    }

    /** In step with the log, but the log itself may be behind its source. */
    private Optional<TraceVerdict> notRead() {
        for (Chapter chapter : chapters) {
            FeedName feed = FeedName.of(chapter.feed());
            Optional<Signal> held = evidence.signals().holdingFeed(feed);
            if (held.isPresent()) {
                return Optional.of(notRead(feed, held.get().words()));
            }
            if (evidence.unread().contains(feed.connection())) {
                return Optional.of(notRead(feed, "no producer that runs has connection " + feed.connection()));
            }
            String problem = evidence.feedProblems().get(feed.toString());
            if (problem != null) {
                return Optional.of(notRead(feed, problem));
            }
        }
        return Optional.empty();
    }

    private TraceVerdict notRead(FeedName feed, String why) {
        return new TraceVerdict(
                "not-read", "in step with the log, but feed " + feed + " is not read at present: " + why);
    }

    private TraceVerdict refused(String by, LogRecord letter, boolean older) {
        return new TraceVerdict(
                "refused",
                "refused by " + by + ": " + Refusals.cause(letter) + ", letter open since " + time(letter.timestamp())
                        + (older ? "; Supabase keeps what it had" : "") + "; './listing-sync dlq list' shows it");
    }

    private TraceVerdict noRow(Chapter last) {
        return new TraceVerdict(
                "no-row", "it has no row: " + (last.reason().isEmpty() ? "nothing was made of it" : last.reason()));
    }

    private TraceVerdict unknown() {
        Optional<Held> held = evidence.held().values().stream()
                .filter(one -> one.version().isPresent())
                .findFirst();
        Optional<LogRecord> letter = evidence.records().stream()
                .filter(record -> record.source() == Source.LETTERS)
                .filter(record -> KeyText.split(record.key()).contains(evidence.key()))
                .reduce((one, later) -> later);
        if (letter.isPresent()) {
            return refused(
                    "the " + letter.get().header(DeadLetter.CONNECT_STAGE).orElse("producer"),
                    letter.get(),
                    held.isPresent());
        }
        return held.isPresent()
                ? new TraceVerdict(
                        "unknown-key",
                        "the log has nothing of this key, but Supabase has a row: it was written by somebody else, or"
                                + " from another log")
                : new TraceVerdict("unknown-key", "no source has this key, as far as the log goes back");
    }

    private String paused(SignalTarget service) {
        return evidence.signals()
                .holding(service)
                .map(signal -> "; " + signal.words())
                .orElse("");
    }

    private static RowKey key(LogRecord row) {
        return RowKey.of(row.key().getBytes(StandardCharsets.UTF_8));
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
