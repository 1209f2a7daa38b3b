package com.listingsync.processor.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all RocksDB stores of this process together. By default every store of every partition takes its own
 * (50 MiB of blocks and 48 MiB of write buffers), which for twelve partitions and four stores is 4.7 GiB.
 *
 * <p>Named in the configuration and made by Streams; the bounds are the process's own and are never closed.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    private static final long BLOCK_BYTES = 128L * 1024 * 1024;
    private static final long WRITE_BUFFER_BYTES = 64L * 1024 * 1024;
    private static final long BYTES_PER_WRITE_BUFFER = 4L * 1024 * 1024;
    private static final int WRITE_BUFFERS = 2;

    /** Ten bits a key make one in a hundred look-ups of a new key touch the disk (RocksDB's own advice). */
    private static final double FILTER_BITS = 10;

    /** Made when the first store is opened: only then is RocksDB's native code loaded. */
    private static final class Shared {
        private static final Cache BLOCKS = new LRUCache(BLOCK_BYTES);
        private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, BLOCKS);
        private static final BloomFilter FILTER = new BloomFilter(FILTER_BITS);
    }

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.BLOCKS);
        table.setCacheIndexAndFilterBlocks(true);
        table.setFilterPolicy(Shared.FILTER);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.WRITE_BUFFERS);
        options.setWriteBufferSize(BYTES_PER_WRITE_BUFFER);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    }

    @Override
    public void close(String store, Options options) {
        // Nothing is this store's own: cache, buffers and filter are shared by all and live as long as the process.
    }
}
