package com.listingsync.processor.rule;

import com.listingsync.common.event.Operation;

/**
 * The version of a row: it only grows per row, and roughly tells the time, so that a row whose history here was lost still
 * outranks what was written before.
 */
public final class RowVersion {

    private static final long MICROS_PER_MILLI = 1000;

    private RowVersion() {}

    /**
     * The version after {@code previous}: at least the record's time in microseconds. An upsert outranks a delete of the same
     * millisecond: a sheet row that goes to another spreadsheet may be deleted under one key and written under another, in two
     * partitions that do not know of each other, and it must stay.
     *
     * @param previous the row's last version; 0 when it had none
     * @param timestampMillis the record's timestamp, in milliseconds since 1970
     */
    public static long next(long previous, long timestampMillis, Operation operation) {
        long now = timestampMillis * MICROS_PER_MILLI + (operation == Operation.UPSERT ? 1 : 0);
        return Math.max(previous + 1, now);
    }
}
