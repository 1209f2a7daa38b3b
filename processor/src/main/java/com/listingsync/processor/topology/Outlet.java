package com.listingsync.processor.topology;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.DeadLetter.Position;
import com.listingsync.common.deadletter.Fate;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowHeaders;
import com.listingsync.common.wire.RowKey;
import com.listingsync.processor.map.MapOutcome;
import com.listingsync.processor.map.MappedRow;
import com.listingsync.processor.rule.StatusChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Where everything leaves: rows, status changes, dead letters, and what is counted of them. A fetched record leaves exactly
 * once: as a principal row (the sink counts it), skipped, parked or refused. Confined to the task's thread.
 */
final class Outlet {

    static final String DUPLICATE = "duplicate";
    static final String STALE = "stale";
    static final String ABSENT = "absent";
    static final String FILTERED = "filtered";
    static final String DELETED = "deleted";
    static final String MOVED = "moved";

    /** A delete of what another connection still has. */
    static final String ELSEWHERE = "elsewhere";

    static final String UNMAPPED = "unmapped";
    static final String UNREADABLE = "unreadable";
    static final String ORPHAN = "orphan";
    static final String UPCOMING = "upcoming";
    static final String WAITING = "waiting";
    static final String TOO_LARGE = "too-large";

    private static final String ROW = "row";

    private final ProcessorContext<byte[], byte[]> context;
    private final Books books;
    private final ProcessorMeters meters;
    private final RecordTraces traces;
    private final RowHeaders rowHeaders = new RowHeaders();

    Outlet(ProcessorContext<byte[], byte[]> context, Books books, ProcessorMeters meters, RecordTraces traces) {
        this.context = context;
        this.books = books;
        this.meters = meters;
        this.traces = traces;
    }

    /** The record makes these rows; the first is the one its run waits for. Without any it is skipped for {@code otherwise}. */
    void rows(SourceRecord record, Operation operation, List<MappedRow> rows, long rowVersion, String otherwise) {
        if (rows.isEmpty()) {
            skip(record, otherwise);
            return;
        }
        Optional<Origin> origin = Optional.of(record.account());
        for (MappedRow row : rows) {
            row(record.listing(), row, operation, rowVersion, origin, record.timestamp(), record.headers());
            origin = Optional.empty();
        }
        outcome(record, ROW);
    }

    /** Rows that no fetched record is waiting for. */
    void derivedRows(byte[] listing, Operation operation, List<MappedRow> rows, long rowVersion, long timestamp) {
        for (MappedRow row : rows) {
            row(listing, row, operation, rowVersion, Optional.empty(), timestamp, null);
        }
    }

    /** The record makes no row, for this reason. */
    void skip(SourceRecord record, String reason) {
        books.count(record.account(), Tally.skipped(reason), 1);
        outcome(record, reason);
    }

    /** The record waits. */
    void parked(SourceRecord record) {
        books.count(record.account(), Tally.PARKED, 1);
        outcome(record, "parked");
    }

    /** The record waits no longer; what becomes of it is counted next. */
    void unparked(SourceRecord record, String outcome) {
        books.count(record.account(), Tally.PARKED, -1);
        outcome(record, outcome);
    }

    /** The record waits no longer: it was deleted before its listing came. */
    void withdrawn(SourceRecord record) {
        unparked(record, DELETED);
        books.count(record.account(), Tally.skipped(DELETED), 1);
    }

    /** The record's content can't become a row. */
    void refuse(SourceRecord record, MapOutcome.Refused refused) {
        refuse(
                record,
                refused.code(),
                refused.message(),
                Optional.of(refused.column()).filter(column -> !column.isEmpty()));
    }

    /** The record is a dead letter for this reason. */
    void refuse(SourceRecord record, String code, String message, Optional<String> column) {
        books.count(record.account(), Tally.refused(code), 1);
        outcome(record, "refused");
        deadLetter(record.key(), record.value(), record.headers(), code, message, column, record.position());
    }

    /** The source has said something new of a record that is a dead letter: that letter, and any before it, is overtaken. */
    void overtaken(SourceRecord record) {
        Fate fate = new Fate.Overtaken(
                record.position().topic(),
                new String(record.key(), StandardCharsets.UTF_8),
                record.position().offset(),
                context.currentSystemTimeMs());
        context.forward(new Record<>(fate.key(), fate.bytes(), fate.at()), Names.FATE_SINK);
    }

    /** The record's listing did not come within the limit; the dead letter names it in a header of its own. */
    void orphan(SourceRecord record, Duration limit) {
        String listing = StateKeys.name(record.listing());
        Headers original = new org.apache.kafka.common.header.internals.RecordHeaders(record.headers());
        RecordHeaders.put(original, DeadLetter.PARENT, listing);
        String message = "waited " + limit.toHours() + " hours for its listing " + listing + ", which is not there";
        books.count(record.account(), Tally.refused(ORPHAN), 1);
        outcome(record, "refused");
        deadLetter(record.key(), record.value(), original, ORPHAN, message, Optional.empty(), record.position());
    }

    void statusChange(byte[] listing, StatusChange change, long version, long timestamp) {
        context.forward(new Record<>(listing, StatusRows.event(change), timestamp), Names.STATUS_SINK);
        MappedRow history = StatusRows.history(change, version);
        derivedRows(listing, Operation.UPSERT, List.of(history), version, timestamp);
    }

    private void outcome(SourceRecord record, String outcome) {
        meters.record(record.event().entity(), outcome);
        if (traces.isOn()) {
            traces.outcome(record, outcome);
        }
    }

    private void row(
            byte[] listing,
            MappedRow row,
            Operation operation,
            long rowVersion,
            Optional<Origin> origin,
            long timestamp,
            @Nullable Headers cause) {
        String table = row.layout().name();
        Headers headers = rowHeaders.of(table, operation, rowVersion, origin);
        if (traces.isOn()) {
            traces.sending(table, cause, headers);
        }
        byte[] key = RowKey.bytes(listing, table, row.id());
        context.forward(new Record<>(key, row.json(), timestamp, headers), Names.ROW_SINK);
    }

    private void deadLetter(
            byte[] key,
            byte @Nullable [] value,
            Headers original,
            String code,
            String message,
            Optional<String> column,
            Position position) {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        long now = context.currentSystemTimeMs();
        new DeadLetter(
                        Stage.PROCESSOR,
                        code,
                        message,
                        column,
                        Optional.empty(),
                        1,
                        Optional.empty(),
                        Optional.of(position),
                        Instant.ofEpochMilli(now))
                .write(original, headers);
        meters.deadLetter(code);
        context.forward(
                new Record<byte[], byte[]>(key, LargestRecord.orNone(value), now, headers), Names.DEAD_LETTER_SINK);
    }
}
