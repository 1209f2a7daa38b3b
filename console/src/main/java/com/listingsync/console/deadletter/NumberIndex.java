package com.listingsync.console.deadletter;

import java.util.Arrays;
import java.util.function.LongBinaryOperator;

/**
 * Numbers by number, for millions of them: sixteen bytes an entry and no objects. Confined to one thread.
 *
 * <p>Open addressing with linear probing, at most two thirds full.
 */
final class NumberIndex {

    private static final int FIRST_CAPACITY = 1 << 10;
    private static final long EMPTY = 0;

    /** Stands for the key 0, which marks an empty place. */
    private static final long ZERO = 0x9e3779b97f4a7c15L;

    private long[] keys = new long[FIRST_CAPACITY];
    private long[] values = new long[FIRST_CAPACITY];
    private int size;

    /** Puts a value, or what {@code both} makes of it and the one that is there. */
    void merge(long key, long value, LongBinaryOperator both) {
        long stored = key == EMPTY ? ZERO : key;
        int place = place(stored);
        if (keys[place] == EMPTY) {
            keys[place] = stored;
            values[place] = value;
            size++;
            if (size > keys.length / 3 * 2) {
                grow();
            }
        } else {
            values[place] = both.applyAsLong(values[place], value);
        }
    }

    /** The value of a key; {@code otherwise} when it has none. */
    long get(long key, long otherwise) {
        int place = place(key == EMPTY ? ZERO : key);
        return keys[place] == EMPTY ? otherwise : values[place];
    }

    int size() {
        return size;
    }

    private int place(long key) {
        int mask = keys.length - 1;
        int place = (int) (spread(key) & mask);
        while (keys[place] != EMPTY && keys[place] != key) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new long[oldKeys.length * 2];
        Arrays.fill(keys, EMPTY);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != EMPTY) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                values[place] = oldValues[i];
            }
        }
    }

    /** Neighbouring numbers, as offsets are, far apart (the finaliser of SplitMix64). */
    static long spread(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
