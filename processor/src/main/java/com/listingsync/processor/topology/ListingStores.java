package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.processor.rule.ListingState;
import com.listingsync.processor.rule.RecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The state of one partition's listings, as values rather than bytes. Confined to the task's thread. */
final class ListingStores {

    private static final ByteArraySerializer BYTES = new ByteArraySerializer();

    /** 2,048 listings a partition, some 300 bytes each. */
    private static final int RECENT_LISTINGS_BITS = 11;

    /** 8,192 children and sheet rows a partition, some 250 bytes each: 2 MiB of heap. */
    private static final int RECENT_RECORDS_BITS = 13;

    private final KeyValueStore<byte[], byte[]> listings;
    private final KeyValueStore<byte[], byte[]> records;
    private final KeyValueStore<byte[], byte[]> contents;

    private final Recent<ListingState> recentListings = new Recent<>(RECENT_LISTINGS_BITS);
    private final Recent<RecordState> recentRecords = new Recent<>(RECENT_RECORDS_BITS);

    ListingStores(ProcessorContext<byte[], byte[]> context) {
        this.listings = context.getStateStore(Names.LISTING_STORE);
        this.records = context.getStateStore(Names.RECORD_STORE);
        this.contents = context.getStateStore(Names.CONTENT_STORE);
    }

    /** The state of a listing; {@link ListingState#FIRST} when nothing is known. */
    ListingState listing(byte[] listing) {
        ListingState recent = recentListings.get(listing);
        if (recent != null) {
            return recent;
        }
        byte[] stored = listings.get(listing);
        ListingState state = stored == null ? ListingState.FIRST : StateBytes.listing(stored);
        recentListings.put(listing, state);
        return state;
    }

    void put(byte[] listing, ListingState state) {
        listings.put(listing, StateBytes.of(state));
        recentListings.put(listing, state);
    }

    /** The state of a child or sheet row; {@link RecordState#UNSEEN} when nothing is known. */
    RecordState record(byte[] recordKey) {
        RecordState recent = recentRecords.get(recordKey);
        if (recent != null) {
            return recent;
        }
        byte[] stored = records.get(recordKey);
        RecordState state = stored == null ? RecordState.UNSEEN : StateBytes.record(stored);
        recentRecords.put(recordKey, state);
        return state;
    }

    void put(byte[] recordKey, RecordState state) {
        records.put(recordKey, StateBytes.of(state));
        recentRecords.put(recordKey, state);
    }

    /** All of a listing's records of one kind, by key; read to its end before anything is changed. */
    List<KeyValue<byte[], RecordState>> recordsOf(byte[] listing, Entity entity) {
        List<KeyValue<byte[], RecordState>> found = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> all = records.prefixScan(StateKeys.prefix(listing, entity), BYTES)) {
            all.forEachRemaining(entry -> found.add(KeyValue.pair(entry.key, StateBytes.record(entry.value))));
        }
        return found;
    }

    /** The last usable content of a record; null when there is none. */
    @Nullable
    KeptRecord content(byte[] key) {
        byte[] stored = contents.get(key);
        return stored == null ? null : KeptRecord.of(stored);
    }

    /** The last usable content of a listing by connection, modifiable. */
    Map<String, KeptRecord> contents(byte[] listing, Set<String> connections) {
        Map<String, KeptRecord> found = new TreeMap<>();
        for (String connection : connections) {
            KeptRecord kept = content(StateKeys.content(listing, connection));
            if (kept != null) {
                found.put(connection, kept);
            }
        }
        return found;
    }

    void keep(byte[] key, KeptRecord content) {
        contents.put(key, content.bytes());
    }

    void forget(byte[] key) {
        contents.delete(key);
    }
}
