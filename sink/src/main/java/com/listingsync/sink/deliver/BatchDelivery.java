package com.listingsync.sink.deliver;

import com.listingsync.common.run.Tally;
import com.listingsync.sink.batch.Batch;
import com.listingsync.sink.batch.Books;
import com.listingsync.sink.batch.RefusalTrend;
import com.listingsync.sink.batch.Row;
import com.listingsync.sink.deliver.BatchReport.RefusedRow;
import com.listingsync.sink.deliver.DeliveryVerdict.Delivered;
import com.listingsync.sink.deliver.DeliveryVerdict.Refused;
import com.listingsync.sink.deliver.DeliveryVerdict.TooLarge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of one batch, until each of its rows is written, unchanged or refused: what is refused or too large is halved
 * and halved again, so one bad row among 500 costs 18 requests more and the other 499 go through. Serves one batch; confined
 * to one thread.
 */
final class BatchDelivery {

    private final DeliveryPolicy policy;
    private final Gate gate;
    private final BatchSizes sizes;
    private final DeliveryMeters meters;
    private final Orphans orphanRule;
    private final Abandonment abandonment;
    private final RefusalTrend trend;

    private final Deque<Batch> pending = new ArrayDeque<>();
    private final Books books = new Books();
    private final List<Row> orphans = new ArrayList<>();
    private final List<Row> refusedRows = new ArrayList<>();
    private final List<Refused> refusals = new ArrayList<>();

    /** Why the table is suspected; null while it is not. */
    private @Nullable String suspicion;

    BatchDelivery(
            DeliveryPolicy policy,
            Gate gate,
            BatchSizes sizes,
            DeliveryMeters meters,
            Orphans orphanRule,
            int refusalLimit,
            Abandonment abandonment) {
        this.policy = policy;
        this.gate = gate;
        this.sizes = sizes;
        this.meters = meters;
        this.orphanRule = orphanRule;
        this.trend = new RefusalTrend(refusalLimit);
        this.abandonment = abandonment;
    }

    BatchReport deliver(Batch whole) {
        pending.push(whole);
        while (!pending.isEmpty()) {
            Batch batch = pending.pop();
            Runnable consequence = policy.send(batch, abandonment)
                    .fold(
                            delivered -> () -> delivered(batch, delivered),
                            later -> BatchDelivery::undecided,
                            tooLarge -> () -> tooLarge(batch, tooLarge),
                            refused -> () -> refused(batch, refused),
                            wrong -> BatchDelivery::undecided);
            consequence.run();
        }
        List<RefusedRow> refused = new ArrayList<>(refusedRows.size());
        for (int i = 0; i < refusedRows.size(); i++) {
            Refused why = refusals.get(i);
            refused.add(new RefusedRow(refusedRows.get(i), why.code(), why.message(), why.column(), why.status()));
        }
        return new BatchReport(books, refused, orphans);
    }

    private void delivered(Batch batch, Delivered delivered) {
        int written = delivered.written().orElse(batch.size());
        if (batch.mixed() && written < batch.size()) {
            Set<String> ids = delivered.writtenIds().orElse(Set.of());
            batch.rows()
                    .forEach(row ->
                            books.count(row.account(), ids.contains(row.id()) ? Tally.WRITTEN : Tally.UNCHANGED, 1));
        } else if (batch.mixed()) {
            batch.rows().forEach(row -> books.count(row.account(), Tally.WRITTEN, 1));
        } else {
            books.count(batch.rows().get(0).account(), Tally.WRITTEN, written);
            books.count(batch.rows().get(0).account(), Tally.UNCHANGED, (long) batch.size() - written);
        }
        meters.accepted(batch, written);
        trend.taken(batch.size());
        suspicion = null;
    }

    private void tooLarge(Batch batch, TooLarge tooLarge) {
        if (batch.size() > 1) {
            sizes.tooLarge(batch);
            push(batch.halves());
        } else if (tooLarge.refusal().isPresent()) {
            refused(batch, tooLarge.refusal().get());
        } else {
            // A single row that times out in the database is not the row's fault: locks, or a server on its knees.
            gate.close("the database needs longer for a single row of "
                    + batch.table().name() + " than its statement timeout allows (" + tooLarge.cause() + ")");
            pending.push(batch);
        }
    }

    private void refused(Batch batch, Refused refused) {
        if (batch.size() > 1) {
            push(batch.halves());
            return;
        }
        Row row = batch.rows().get(0);
        if (refused.missesParent() && orphanRule == Orphans.TELL_APART) {
            orphans.add(row);
            return;
        }
        refusedRows.add(row);
        refusals.add(refused);
        trend.refused(row, refused.reason());
        if (refused.reason().equals(suspicion) || trend.systemic(refused.reason())) {
            suspectTable(batch, refused);
        }
    }

    /** Takes back every refusal for this reason and tries again later, one row first: nothing is dead-lettered meanwhile. */
    private void suspectTable(Batch last, Refused refused) {
        suspicion = refused.reason();
        gate.close("table " + last.table().name() + " refuses row after row: " + refused.message() + " ("
                + refused.code() + "); mend the table, or set SYNC_REFUSAL_LIMIT=0 to dead-letter the rows");
        List<Row> back = new ArrayList<>();
        for (int i = refusedRows.size() - 1; i >= 0; i--) {
            if (refusals.get(i).reason().equals(refused.reason())) {
                back.add(refusedRows.remove(i));
                refusals.remove(i);
            }
        }
        back.removeAll(last.rows());
        if (!back.isEmpty()) {
            back.sort(Comparator.comparing(Row::id));
            pending.push(new Batch(last.table(), last.action(), back));
        }
        pending.push(last);
    }

    private void push(List<Batch> halves) {
        for (int i = halves.size() - 1; i >= 0; i--) {
            pending.push(halves.get(i));
        }
    }

    private static void undecided() {
        throw new IllegalStateException("a delivery policy returned a verdict that decides nothing");
    }
}
