package com.listingsync.processor.topology;

import com.listingsync.common.setting.SettingsException;
import java.util.Locale;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;
import org.rocksdb.RocksDB;

/** Where state lives; its changelog is on Kafka either way. */
public enum StoreKind {
    /** On disk: state larger than memory, and a restart reads only what is missing. */
    ROCKSDB,
    /** On the heap: fastest; a restart reads the whole changelog. */
    MEMORY;

    /**
     * Loads RocksDB's native code, if it is needed. Where that can't be done, the first stream thread to open a store would fail and
     * the others wait for the code for ever.
     *
     * @throws SettingsException when it can't be loaded
     */
    public void load() {
        if (this != ROCKSDB) {
            return;
        }
        try {
            RocksDB.loadLibrary();
        } catch (RuntimeException | LinkageError e) {
            // Nothing runs yet; whoever has made the image or the mount sees this.
            throw new SettingsException("SYNC_STATE_STORE: RocksDB's native library can't be loaded: expected "
                    + System.getProperty("java.io.tmpdir")
                    + " to be a folder that can be written and that code may run from (mounted with exec), and a system with"
                    + " glibc, found: " + e.getMessage());
        }
    }

    KeyValueBytesStoreSupplier store(String name) {
        return this == ROCKSDB ? Stores.persistentKeyValueStore(name) : Stores.inMemoryKeyValueStore(name);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
