package com.listingsync.sink.deliver;

import com.listingsync.common.mapping.TableLayout;
import com.listingsync.sink.batch.Batch;
import com.listingsync.sink.batch.BatchLimits;
import com.listingsync.sink.batch.BatchSize;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How large a batch of each table may be now; what was learned lasts as long as the process. Thread-safe. */
final class BatchSizes {

    private final int maxRows;
    private final long maxBytes;
    private final Map<String, BatchSize> sizes = new ConcurrentHashMap<>();

    BatchSizes(int maxRows, long maxBytes) {
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
    }

    BatchLimits limits(TableLayout table) {
        return new BatchLimits(of(table.name()).rows(), maxBytes);
    }

    void tooLarge(Batch batch) {
        sizes.put(batch.table().name(), of(batch.table().name()).tooLarge(batch.size()));
    }

    void accepted(Batch batch, long tookNanos) {
        String table = batch.table().name();
        BatchSize before = of(table);
        BatchSize after = before.accepted(batch.size(), tookNanos);
        // Almost always there is nothing to learn.
        if (!after.equals(before)) {
            sizes.put(table, after);
        }
    }

    private BatchSize of(String table) {
        return sizes.getOrDefault(table, BatchSize.full(maxRows));
    }
}
