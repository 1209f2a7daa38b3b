package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.processor.rule.ListingState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Where children wait for their listing, in order of arrival. Memory holds one of them at a time, however many wait. Confined to
 * the task's thread.
 *
 * <p>Beside each record stand two small entries, see {@link ParkedKeys}: by time, so that the oldest is found without reading any
 * record, and by child, so that a delete finds what it withdraws.
 */
final class ParkingLot {

    private static final byte[] NOTHING = {};
    private static final ByteArraySerializer BYTES = new ByteArraySerializer();

    private final KeyValueStore<byte[], byte[]> parked;
    private final ProcessorMeters meters;
    private final ProcessorMeters.OldestParked oldest;
    private final Map<Entity, Long> waiting = new EnumMap<>(Entity.class);

    /** Whether something was taken out since the oldest was looked up: whatever is the oldest now, it is no older than noted. */
    private boolean thinned = true;

    ParkingLot(ProcessorContext<byte[], byte[]> context, ProcessorMeters meters) {
        this.parked = context.getStateStore(Names.PARKED_STORE);
        this.meters = meters;
        this.oldest = meters.oldestParked();
        try (KeyValueIterator<byte[], byte[]> all = parked.prefixScan(ParkedKeys.byTime(), BYTES)) {
            all.forEachRemaining(entry -> counted(Entity.values()[entry.value[0]], 1));
        }
        lookForOldest();
    }

    /** Lets a record wait; {@code state} is its listing's, and the answer is that state afterwards. */
    ListingState park(SourceRecord record, ListingState state) {
        byte[] place = StateKeys.parked(record.listing(), state.parkedEver());
        Entity entity = record.event().entity();
        parked.put(place, ParkedRecord.bytes(record));
        parked.put(ParkedKeys.byTime(record.timestamp(), place), new byte[] {(byte) entity.ordinal()});
        parked.put(ParkedKeys.byChild(child(record), place), NOTHING);
        counted(entity, 1);
        oldest.atMost(record.timestamp());
        return state.parkedOne();
    }

    /**
     * Takes all records of a listing out, in order.
     *
     * @return how many
     */
    int release(byte[] listing, Consumer<SourceRecord> each) {
        int released = 0;
        try (KeyValueIterator<byte[], byte[]> queue = parked.prefixScan(StateKeys.prefix(listing), BYTES)) {
            while (queue.hasNext()) {
                KeyValue<byte[], byte[]> entry = queue.next();
                each.accept(takeOut(entry.key, entry.value));
                released++;
            }
        }
        return released;
    }

    /**
     * Takes the waiting records of the same child from the same connection out, in order.
     *
     * @return how many
     */
    int withdraw(SourceRecord gone, Consumer<SourceRecord> each) {
        byte[] child = child(gone);
        List<byte[]> places = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> entries = parked.prefixScan(ParkedKeys.byChild(child), BYTES)) {
            entries.forEachRemaining(entry -> places.add(ParkedKeys.place(entry.key, child)));
        }
        places.forEach(place -> each.accept(takeOut(place, parked.get(place))));
        return places.size();
    }

    /** Takes records out that were recorded at {@code before} or earlier, the oldest first, at most {@code limit} of them. */
    void expire(long before, int limit, Consumer<SourceRecord> each) {
        lookForOldest();
        if (oldest.millis() > before) {
            return;
        }
        List<byte[]> places = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> all = parked.prefixScan(ParkedKeys.byTime(), BYTES)) {
            while (all.hasNext() && places.size() < limit) {
                byte[] key = all.next().key;
                if (ParkedKeys.time(key) > before) {
                    break;
                }
                places.add(ParkedKeys.place(key));
            }
        }
        places.forEach(place -> each.accept(takeOut(place, parked.get(place))));
    }

    /** The task goes elsewhere: what waits here is counted there. */
    void close() {
        waiting.forEach((entity, count) -> meters.parked(entity, -count));
        waiting.clear();
        oldest.close();
    }

    private SourceRecord takeOut(byte[] place, byte @Nullable [] stored) {
        if (stored == null) {
            throw new IllegalStateException("the parking lot has an entry for a record that is not there");
        }
        SourceRecord record = ParkedRecord.of(stored);
        parked.delete(place);
        parked.delete(ParkedKeys.byTime(record.timestamp(), place));
        parked.delete(ParkedKeys.byChild(child(record), place));
        counted(record.event().entity(), -1);
        thinned = true;
        return record;
    }

    private void lookForOldest() {
        if (!thinned) {
            return;
        }
        thinned = false;
        try (KeyValueIterator<byte[], byte[]> all = parked.prefixScan(ParkedKeys.byTime(), BYTES)) {
            oldest.is(all.hasNext() ? ParkedKeys.time(all.peekNextKey()) : Long.MAX_VALUE);
        }
    }

    private void counted(Entity entity, long change) {
        waiting.merge(entity, change, Long::sum);
        meters.parked(entity, change);
    }

    /** What tells a child of a connection from all others, such as a room that has a photo's key. */
    private static byte[] child(SourceRecord record) {
        byte[] key = record.key();
        return ByteBuffer.allocate(key.length + 1)
                .put((byte) record.event().entity().ordinal())
                .put(key)
                .array();
    }
}
