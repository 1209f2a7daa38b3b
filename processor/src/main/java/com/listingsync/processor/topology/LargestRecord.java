package com.listingsync.processor.topology;

import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;

/**
 * What fits a topic. A record that the broker refuses for its size spoils the whole transaction it is in: it can only be rolled
 * back, and comes again (KIP-98: a failed send aborts). So nothing is sent that might not fit.
 */
final class LargestRecord {

    /**
     * The broker's default for a batch is 1,048,588 bytes, compressed ({@code message.max.bytes}); the difference is for the
     * record's key, headers and frame.
     */
    static final int BYTES = 1_000_000;

    private LargestRecord() {}

    /** Whether a value surely fits, compressed as it will be if need be. */
    static boolean fits(byte @Nullable [] value) {
        return value == null
                || value.length <= BYTES
                || MemoryRecords.withRecords(Compression.lz4().build(), new SimpleRecord(value))
                                .sizeInBytes()
                        <= BYTES;
    }

    /** The value, or none when it might not fit: what it was stands in its own topic. */
    static byte @Nullable [] orNone(byte @Nullable [] value) {
        return fits(value) ? value : null;
    }
}
