package com.listingsync.sink.consume;

import com.listingsync.common.trace.TraceFact;
import com.listingsync.common.trace.TraceHeader;
import com.listingsync.common.trace.TracePoint;
import com.listingsync.common.trace.TraceSpan;
import com.listingsync.common.trace.Tracing;
import com.listingsync.sink.batch.Batch;
import com.listingsync.sink.batch.Row;
import com.listingsync.sink.deliver.Abandonment;
import com.listingsync.sink.deliver.BatchReport;
import com.listingsync.sink.deliver.BatchReport.RefusedRow;
import com.listingsync.sink.deliver.Orphans;
import com.listingsync.sink.deliver.SupabaseDelivery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Delivers batches and tells the traces of their rows: a span for the batch, below which its requests are, in the trace of the
 * first row that has one and with links to all that have; and for each of these rows, in its own trace, one that says what became
 * of it. Thread-safe.
 */
final class TracedDelivery {

    private final SupabaseDelivery supabase;
    private final Tracing tracing;

    TracedDelivery(SupabaseDelivery supabase, Tracing tracing) {
        this.supabase = supabase;
        this.tracing = tracing;
    }

    /**
     * As {@link SupabaseDelivery#deliver}.
     *
     * @param records those that the rows' places are among
     */
    BatchReport deliver(
            Batch batch, List<ConsumerRecord<byte[], byte[]>> records, Orphans rule, Abandonment abandonment) {
        Map<Row, TracePoint> traced = tracing.isOn() ? traced(batch, records) : Map.of();
        return traced.isEmpty()
                ? supabase.deliver(batch, rule, abandonment)
                : followed(batch, traced, rule, abandonment);
    }

    private BatchReport followed(Batch batch, Map<Row, TracePoint> traced, Orphans rule, Abandonment abandonment) {
        TraceSpan whole = whole(batch, traced.values());
        Map<Row, TraceSpan> spans = new LinkedHashMap<>();
        traced.forEach((row, point) -> spans.put(row, one(row, point, whole)));
        try {
            BatchReport report = whole.during(() -> supabase.deliver(batch, rule, abandonment));
            tell(report, spans);
            return report;
        } catch (RuntimeException e) {
            // Whoever asked knows what it means; here it is only told that nothing was decided.
            spans.values().forEach(span -> span.failed("abandoned"));
            throw e;
        } finally {
            spans.values().forEach(TraceSpan::end);
            whole.end();
        }
    }

    private TraceSpan whole(Batch batch, Iterable<TracePoint> points) {
        TraceSpan whole = tracing.receiving("upsert batch", points.iterator().next())
                .with(TraceFact.TABLE, batch.table().name())
                .with(TraceFact.SIZE, batch.size());
        points.forEach(whole::linkedTo);
        return whole;
    }

    private TraceSpan one(Row row, TracePoint point, TraceSpan whole) {
        return tracing.receiving("write row", point)
                .with(TraceFact.TABLE, row.table().name())
                .with(TraceFact.LISTING, row.listing())
                .linkedTo(whole.point());
    }

    private static void tell(BatchReport report, Map<Row, TraceSpan> spans) {
        spans.values().forEach(span -> span.with(TraceFact.OUTCOME, "delivered"));
        for (RefusedRow refused : report.refused()) {
            TraceSpan span = spans.get(refused.row());
            if (span != null) {
                TraceSpan unused = span.with(TraceFact.OUTCOME, "refused").failed(refused.code());
            }
        }
        for (Row orphan : report.orphans()) {
            TraceSpan span = spans.get(orphan);
            if (span != null) {
                TraceSpan unused = span.with(TraceFact.OUTCOME, "parent-missing");
            }
        }
    }

    private static Map<Row, TracePoint> traced(Batch batch, List<ConsumerRecord<byte[], byte[]>> records) {
        Map<Row, TracePoint> traced = new LinkedHashMap<>();
        for (Row row : batch.rows()) {
            TraceHeader.read(records.get(row.place()).headers()).ifPresent(point -> traced.put(row, point));
        }
        return traced;
    }
}
