package com.listingsync.processor.topology;

import com.listingsync.common.trace.TraceFact;
import com.listingsync.common.trace.TraceHeader;
import com.listingsync.common.trace.TracePoint;
import com.listingsync.common.trace.TraceSpan;
import com.listingsync.common.trace.Tracing;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The traces of one task's records: whoever comes with a trace is followed to its rows, which carry it on. Rows that another
 * record made necessary, such as those of a child that waited, stay in their own record's trace and name the other one. Confined
 * to the task's thread.
 */
final class RecordTraces {

    private final Tracing tracing;
    private final boolean on;
    private @Nullable Headers currentHeaders;
    private @Nullable TraceSpan current;

    RecordTraces(Tracing tracing) {
        this.tracing = tracing;
        this.on = tracing.isOn();
    }

    boolean isOn() {
        return on;
    }

    /** A record with these headers is next. */
    void begin(Headers headers) {
        Optional<TracePoint> point = TraceHeader.read(headers);
        if (point.isPresent()) {
            current = tracing.receiving("process", point.get());
            currentHeaders = headers;
        }
    }

    /** This has become of a record, whichever it is. */
    void outcome(SourceRecord record, String outcome) {
        TraceSpan span = current;
        if (span != null && currentHeaders == record.headers()) {
            span.with(TraceFact.ENTITY, record.event().entity().wireName())
                    .with(TraceFact.LISTING, StateKeys.name(record.listing()))
                    .with(TraceFact.OUTCOME, outcome);
        }
    }

    /**
     * A row is about to be sent.
     *
     * @param cause the headers of the record it is made of; null when none is, and then it is the current one's doing
     * @param headers the row's own
     */
    void sending(String table, @Nullable Headers cause, Headers headers) {
        TraceSpan now = current;
        if (cause == null || cause == currentHeaders) {
            if (now != null) {
                send(table, now.point(), null, headers);
            }
            return;
        }
        TraceHeader.read(cause).ifPresent(own -> send(table, own, now, headers));
    }

    /** The record is done with. */
    void end() {
        if (current != null) {
            current.end();
            current = null;
            currentHeaders = null;
        }
    }

    private void send(String table, TracePoint after, @Nullable TraceSpan by, Headers headers) {
        TraceSpan row = tracing.sending("send row", after).with(TraceFact.TABLE, table);
        if (by != null) {
            TraceSpan unused = row.linkedTo(by.point());
        }
        TraceHeader.write(row.point(), headers);
        row.end();
    }
}
