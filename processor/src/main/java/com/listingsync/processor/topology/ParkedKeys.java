package com.listingsync.processor.topology;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Keys of the small entries beside parked records: a mark that no listing's key begins with, then what they sort by, then the
 * record's own key, its place. Times are milliseconds since 1970, so big-endian bytes sort as they do.
 */
final class ParkedKeys {

    private static final byte BY_TIME = 0;
    private static final byte BY_CHILD = 1;
    private static final int TIME_AT = 1;
    private static final int PLACE_AT = TIME_AT + Long.BYTES;

    private ParkedKeys() {}

    /** What all entries by time begin with. */
    static byte[] byTime() {
        return new byte[] {BY_TIME};
    }

    static byte[] byTime(long millis, byte[] place) {
        return ByteBuffer.allocate(PLACE_AT + place.length)
                .put(BY_TIME)
                .putLong(millis)
                .put(place)
                .array();
    }

    /** The time of an entry by time. */
    static long time(byte[] entry) {
        return ByteBuffer.wrap(entry).getLong(TIME_AT);
    }

    /** The place of an entry by time. */
    static byte[] place(byte[] entry) {
        return Arrays.copyOfRange(entry, PLACE_AT, entry.length);
    }

    /** What all entries of one child begin with; {@code 0} ends its key, so that it is no other's beginning. */
    static byte[] byChild(byte[] child) {
        return ByteBuffer.allocate(child.length + 2)
                .put(BY_CHILD)
                .put(child)
                .put((byte) 0)
                .array();
    }

    static byte[] byChild(byte[] child, byte[] place) {
        byte[] prefix = byChild(child);
        return ByteBuffer.allocate(prefix.length + place.length)
                .put(prefix)
                .put(place)
                .array();
    }

    /** The place of an entry of this child. */
    static byte[] place(byte[] entry, byte[] child) {
        return Arrays.copyOfRange(entry, child.length + 2, entry.length);
    }
}
