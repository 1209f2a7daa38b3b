package com.listingsync.console.replay;

import com.listingsync.common.event.Origin;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowKey;
import com.listingsync.sink.cutover.Share;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which rows of the log a replay sends. Immutable.
 *
 * <p>What is no row was made a dead letter when it came, and is passed by.
 */
final class RowFilter implements Predicate<ConsumerRecord<byte[], byte[]>> {

    private final Set<String> tables;
    private final Set<String> keys;
    private final Optional<String> run;
    private final long from;
    private final long to;
    private final Purges purges;
    private final Share share;
    private final Share before;

    /**
     * @param tables only rows of these
     * @param share the listings whose rows may be sent
     * @param purges what must not come back
     */
    RowFilter(ReplayRequest request, Set<String> tables, Share share, Purges purges) {
        this.tables = Set.copyOf(tables);
        this.keys = Set.copyOf(request.keys());
        this.run = Optional.ofNullable(request.run());
        Long begin = request.from().millis();
        Long end = request.to().millis();
        this.from = begin == null ? Long.MIN_VALUE : begin;
        this.to = end == null ? Long.MAX_VALUE : end;
        this.share = share;
        this.before = new Share(request.above());
        this.purges = purges;
    }

    @Override
    public boolean test(ConsumerRecord<byte[], byte[]> row) {
        if (row.key() == null || row.timestamp() < from || row.timestamp() >= to || purges.outdate(row)) {
            return false;
        }
        try {
            RowKey key = RowKey.of(row.key());
            return tables.contains(key.table())
                    && share.takes(key)
                    && (before.percent() == 0 || !before.takes(key))
                    && (keys.isEmpty() || keys.contains(key.listing()) || keys.contains(key.id()))
                    && (run.isEmpty() || run.equals(runOf(row)));
        } catch (IllegalArgumentException e) {
            // Not a row of ours, and a dead letter since it came.
            return false;
        }
    }

    private static Optional<String> runOf(ConsumerRecord<byte[], byte[]> row) {
        return RecordHeaders.readOrigin(row.headers()).flatMap(Origin::run);
    }
}
