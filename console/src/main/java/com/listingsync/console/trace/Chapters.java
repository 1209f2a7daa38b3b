package com.listingsync.console.trace;

import com.listingsync.common.wire.KeyText;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowKey;
import com.listingsync.console.trace.Chapter.End;
import com.listingsync.console.trace.LogRecord.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out what became of every fetched record, from what stands on the topics behind it. Pure. */
final class Chapters {

    private final Evidence evidence;
    private final Refusals refusals;

    /** Rows by what they have in common with the record they were made of. */
    private final Map<String, Deque<LogRecord>> rows = new HashMap<>();

    private final Map<String, LogRecord> lastOfKey = new HashMap<>();
    private final @Nullable LogRecord parentRow;

    private Chapters(Evidence evidence, Refusals refusals) {
        this.evidence = evidence;
        this.refusals = refusals;
        LogRecord first = null;
        for (LogRecord record : evidence.records()) {
            if (record.source() == Source.ROWS) {
                record.header(RecordHeaders.CONNECTION)
                        .ifPresent(connection -> rows.computeIfAbsent(likeness(record), text -> new ArrayDeque<>())
                                .add(record));
                boolean ofListing = RowKey.of(record.key().getBytes(StandardCharsets.UTF_8))
                        .id()
                        .equals(evidence.listing());
                first = first == null && ofListing ? record : first;
            }
        }
        this.parentRow = first;
    }

    /** All chapters, in the order in which their records were fetched. */
    static List<Chapter> of(Evidence evidence, Refusals refusals) {
        Chapters chapters = new Chapters(evidence, refusals);
        return evidence.records().stream()
                .filter(record -> record.source() == Source.RECORDS)
                .sorted(Comparator.comparingLong(LogRecord::timestamp)
                        .thenComparingLong(record -> record.place().offset()))
                .map(chapters::chapter)
                .toList();
    }

    private Chapter chapter(LogRecord record) {
        LogRecord before = lastOfKey.put(record.key(), record);
        Optional<LogRecord> letter = refusals.of(record);
        if (letter.isPresent()) {
            return new Chapter(record, End.REFUSED, null, letter.get(), "");
        }
        Optional<LogRecord> row = row(record);
        if (row.isPresent()) {
            return new Chapter(record, End.MAPPED, row.get(), null, "");
        }
        if (evidence.positions().processorBehind(record.place()).isPresent()) {
            return new Chapter(record, End.NOT_REACHED, null, null, "");
        }
        Chapter plain = new Chapter(record, End.SKIPPED, null, null, "");
        if (plain.isChild() && !plain.isDelete() && parentRow == null) {
            return new Chapter(record, End.PARKED, null, null, "");
        }
        return new Chapter(record, End.SKIPPED, null, null, reason(record, before, plain.isDelete()));
    }

    /** The row that it made: of the same table's kind, time, connection, feed and run, and in its own place in their order. */
    private Optional<LogRecord> row(LogRecord record) {
        String id = id(record);
        Deque<LogRecord> candidates = rows.getOrDefault(likeness(record), new ArrayDeque<>());
        Optional<LogRecord> found = candidates.stream()
                .filter(row -> RowKey.of(row.key().getBytes(StandardCharsets.UTF_8))
                        .id()
                        .equals(id))
                .findFirst();
        found.ifPresent(candidates::remove);
        return found;
    }

    private static String reason(LogRecord record, @Nullable LogRecord before, boolean delete) {
        if (before == null) {
            return delete
                    ? "nothing was known of it, so there was nothing to delete"
                    : "its row says this already, from another connection or an earlier reading, or the mapping keeps"
                            + " it out";
        }
        boolean sameContent = record.header(RecordHeaders.CONTENT_HASH).isPresent()
                && record.header(RecordHeaders.CONTENT_HASH).equals(before.header(RecordHeaders.CONTENT_HASH));
        if (sameContent) {
            return "duplicate: its content is that of the record before";
        }
        if (record.number(RecordHeaders.SOURCE_VERSION) < before.number(RecordHeaders.SOURCE_VERSION)) {
            return "stale: a newer version was there already";
        }
        return delete
                ? "another connection still has it, or it was deleted already"
                : "it changes nothing of the row: another connection supplies it, or the mapping keeps it out";
    }

    private static String id(LogRecord record) {
        List<String> parts = KeyText.split(record.key());
        return parts.size() == 3 ? parts.get(1) : parts.get(0);
    }

    private static String likeness(LogRecord record) {
        return record.timestamp() + " "
                + record.header(RecordHeaders.CONNECTION).orElse("") + " "
                + record.header(RecordHeaders.FEED).orElse("");
    }
}
