package com.listingsync.console.mapping;

import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowKey;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.console.kafka.KafkaAccess;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Works out what a reprocess with a mapping would do, from the log alone: the last word of every source record is mapped and
 * compared with the last row on {@code rows}. Nothing is written and no service asked. Confined to one thread.
 *
 * <p>Listings are taken a share at a time, so that memory does not grow with the log; each share is one pass over its partition.
 */
public final class DryRun {

    /** Listings' records and rows of one share are held in memory: some 3 KiB for each. */
    private static final long RECORDS_A_SHARE = 50_000;

    private final KafkaAccess access;
    private final Mapping mapping;
    private final ReprocessRequest request;
    private final DryRunReport report = new DryRunReport();

    public DryRun(KafkaAccess access, Mapping mapping, ReprocessRequest request) {
        this.access = access;
        this.mapping = mapping;
        this.request = request;
    }

    /** Does it. */
    public DryRunReport work() {
        Topics topics = access.topics();
        try (LogScan scan = new LogScan(access)) {
            for (int partition = 0; partition < topics.partitions(); partition++) {
                long records = scan.size(topics.rows(), partition);
                for (Entity entity : Entity.values()) {
                    records += scan.size(topics.source(entity), partition);
                }
                int shares = (int) (records / RECORDS_A_SHARE) + 1;
                for (int share = 0; share < shares; share++) {
                    share(scan, partition, share, shares);
                }
            }
        }
        return report;
    }

    private void share(LogScan scan, int partition, int share, int shares) {
        Predicate<String> ours = listing -> Math.floorMod(listing.hashCode(), shares) == share;
        Map<String, ListingSnapshot> listings = new TreeMap<>();
        scan.read(access.topics().rows(), partition, record -> row(record, ours, listings));
        for (Entity entity : Entity.values()) {
            scan.read(access.topics().source(entity), partition, record -> source(record, ours, listings));
        }
        DryMapping dry = new DryMapping(mapping, request, report);
        listings.forEach(dry::compare);
    }

    private static void row(
            ConsumerRecord<byte[], byte[]> record, Predicate<String> ours, Map<String, ListingSnapshot> listings) {
        try {
            RowKey key = RowKey.of(record.key());
            if (ours.test(key.listing())) {
                RowEvent event = RecordHeaders.readRow(record.headers());
                boolean there = record.value() != null && event.operation() == Operation.UPSERT;
                listings.computeIfAbsent(key.listing(), l -> new ListingSnapshot())
                        .row(key, there ? record.value() : null);
            }
        } catch (IllegalArgumentException e) {
            // Not a row of ours; the sink makes a dead letter of it, and there is nothing to compare.
            return;
        }
    }

    private static void source(
            ConsumerRecord<byte[], byte[]> record, Predicate<String> ours, Map<String, ListingSnapshot> listings) {
        try {
            SourceKey key = SourceKey.of(record.key());
            if (ours.test(key.listing())) {
                SourceEvent event = RecordHeaders.readSource(record.headers());
                listings.computeIfAbsent(key.listing(), l -> new ListingSnapshot())
                        .source(key, event, record.value());
            }
        } catch (IllegalArgumentException e) {
            // A dead letter of the processor; no mapping changes that.
            return;
        }
    }
}
