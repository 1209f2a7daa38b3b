package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.processor.rule.ListingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Where children wait for their listing, in order of arrival. Memory holds one of them at a time, however many wait: the
 * store is not cached, so that a running iteration misses nothing. Confined to the task's thread.
 */
final class ParkingLot {

    private static final ByteArraySerializer BYTES = new ByteArraySerializer();

    private final KeyValueStore<byte[], byte[]> parked;
    private final ProcessorMeters meters;
    private final Map<Entity, Long> waiting = new EnumMap<>(Entity.class);

    /** Nothing here was recorded before this, in milliseconds since 1970. */
    private long oldest = Long.MAX_VALUE;

    ParkingLot(ProcessorContext<byte[], byte[]> context, ProcessorMeters meters) {
        this.parked = context.getStateStore(Names.PARKED_STORE);
        this.meters = meters;
        forEach(entry -> counted(entry.value, 1));
    }

    /** Lets a record wait; {@code state} is its listing's, and the answer is that state afterwards. */
    ListingState park(SourceRecord record, ListingState state) {
        parked.put(StateKeys.parked(record.listing(), state.parkedEver()), ParkedRecord.bytes(record));
        counted(record, 1);
        return state.parkedOne();
    }

    /** Takes all records of a listing out, in order. */
    int release(byte[] listing, Consumer<SourceRecord> each) {
        return takeOut(listing, record -> true, each);
    }

    /** Takes the waiting records of one child out, in order. */
    int withdraw(byte[] listing, byte[] sourceKey, Consumer<SourceRecord> each) {
        return takeOut(listing, record -> Arrays.equals(record.key(), sourceKey), each);
    }

    /** Takes out every record that was recorded at {@code before} or earlier; reads nothing when none can have been. */
    void expire(long before, Consumer<SourceRecord> each) {
        if (oldest > before) {
            return;
        }
        oldest = Long.MAX_VALUE;
        forEach(entry -> {
            if (entry.value.timestamp() <= before) {
                parked.delete(entry.key);
                counted(entry.value, -1);
                each.accept(entry.value);
            } else {
                oldest = Math.min(oldest, entry.value.timestamp());
            }
        });
    }

    /** The task goes elsewhere: what waits here is counted there. */
    void close() {
        waiting.forEach((entity, count) -> meters.parked(entity, -count));
        waiting.clear();
    }

    private void forEach(Consumer<KeyValue<byte[], SourceRecord>> each) {
        try (KeyValueIterator<byte[], byte[]> all = parked.all()) {
            all.forEachRemaining(entry -> each.accept(KeyValue.pair(entry.key, ParkedRecord.of(entry.value))));
        }
    }

    private void counted(SourceRecord record, long change) {
        waiting.merge(record.event().entity(), change, Long::sum);
        meters.parked(record.event().entity(), change);
        oldest = change > 0 ? Math.min(oldest, record.timestamp()) : oldest;
    }

    private int takeOut(byte[] listing, Predicate<SourceRecord> which, Consumer<SourceRecord> each) {
        List<byte[]> keys = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> waiting = parked.prefixScan(StateKeys.prefix(listing), BYTES)) {
            while (waiting.hasNext()) {
                KeyValue<byte[], byte[]> entry = waiting.next();
                SourceRecord record = ParkedRecord.of(entry.value);
                if (which.test(record)) {
                    keys.add(entry.key);
                    counted(record, -1);
                    each.accept(record);
                }
            }
        }
        keys.forEach(parked::delete);
        return keys.size();
    }
}
