package com.listingsync.processor.topology;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The states a task used last, on the heap, in front of the store that holds them all. Whoever uses it writes both or neither,
 * so it never says anything else than the store, and when the task's transaction is rolled back Streams closes the task and makes
 * it anew, and this with it. Confined to the task's thread.
 *
 * <p>Its size is fixed: a key has one of {@value #WAYS} places, and the newest key takes the place of one of the older ones.
 *
 * @param <V> an immutable state
 */
final class Recent<V> {

    private static final int WAYS = 4;

    /** 2^32 divided by the golden ratio: spreads hashes that differ in few bits (Knuth, TAOCP 3, 6.4). */
    private static final int SPREAD = 0x9E3779B9;

    private final int shift;
    private final byte[] @Nullable [] keys;
    private final @Nullable Object[] values;

    private int oldest;

    /** @param bits base-2 logarithm of the number of states it holds at most, at least 2 */
    Recent(int bits) {
        this.shift = Integer.SIZE - bits;
        this.keys = new byte[1 << bits][];
        this.values = new Object[1 << bits];
    }

    /** The state that was last put under a key; null when it is no longer, or never was, here. */
    @SuppressWarnings("unchecked") // Only a V is ever put.
    @Nullable
    V get(byte[] key) {
        int first = first(key);
        for (int i = first; i < first + WAYS; i++) {
            if (Arrays.equals(keys[i], key)) {
                return (V) values[i];
            }
        }
        return null;
    }

    void put(byte[] key, V value) {
        int first = first(key);
        int place = NONE;
        for (int i = first; i < first + WAYS && place == NONE; i++) {
            if (keys[i] == null || Arrays.equals(keys[i], key)) {
                place = i;
            }
        }
        if (place == NONE) {
            oldest = (oldest + 1) % WAYS;
            place = first + oldest;
        }
        keys[place] = key;
        values[place] = value;
    }

    private static final int NONE = -1;

    private int first(byte[] key) {
        int slot = (Arrays.hashCode(key) * SPREAD) >>> shift;
        return slot & -WAYS;
    }
}
