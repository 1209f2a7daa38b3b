package com.listingsync.processor.topology;

import java.util.Locale;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/** Where state lives; its changelog is on Kafka either way. */
public enum StoreKind {
    /** On disk: state larger than memory, and a restart reads only what is missing. */
    ROCKSDB,
    /** On the heap: fastest; a restart reads the whole changelog. */
    MEMORY;

    KeyValueBytesStoreSupplier store(String name) {
        return this == ROCKSDB ? Stores.persistentKeyValueStore(name) : Stores.inMemoryKeyValueStore(name);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
