package com.listingsync.console.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.producer.presence.KeyBuckets.Entry;
import java.util.function.Function;

/**
 * The fingerprint of a row: for each column one of what it says exactly and one of what it says but for formatting. Sixty-four bits each,
 * so that of a billion values no two differ unnoticed in practice. Immutable.
 */
final class Print {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long MIX = 0xff51afd7ed558ccdL;
    private static final int HALF = 32;
    private static final int CHARS = Long.BYTES / Character.BYTES;

    private final String hashes;

    private Print(String hashes) {
        this.hashes = hashes;
    }

    /** @param name the name of a column on the row's side */
    static Print of(TablePair pair, JsonNode row, Function<TablePair.Column, String> name) {
        StringBuilder hashes = new StringBuilder(pair.columns().size() * 2 * CHARS);
        for (TablePair.Column column : pair.columns()) {
            JsonNode value = row.path(name.apply(column));
            append(hash(Meaning.exact(column.type(), value)), hashes);
            append(hash(Meaning.loose(column.type(), value)), hashes);
        }
        return new Print(hashes.toString());
    }

    /** Whether two rows say the same in every column, without the price of fingerprints where they say it alike. */
    static boolean equal(TablePair pair, JsonNode oldRow, JsonNode newRow) {
        for (TablePair.Column column : pair.columns()) {
            JsonNode before = oldRow.path(column.old());
            JsonNode now = newRow.path(column.name());
            if (!before.equals(now)
                    && !Meaning.exact(column.type(), before).equals(Meaning.exact(column.type(), now))) {
                return false;
            }
        }
        return true;
    }

    static Print of(Entry entry) {
        return new Print(entry.place());
    }

    /** For the buckets. */
    Entry entry(String key) {
        return new Entry(key, hashes, 0, false);
    }

    /** Whether a column of these rows differs, in whatever way. */
    boolean differs(Print other, int column) {
        return !same(other, 2 * column);
    }

    /** Whether a column that differs does so in more than formatting. */
    boolean differsInMeaning(Print other, int column) {
        return !same(other, 2 * column + 1);
    }

    /** Whether nothing differs. */
    boolean equalTo(Print other, int columns) {
        for (int column = 0; column < columns; column++) {
            if (differs(other, column)) {
                return false;
            }
        }
        return true;
    }

    private boolean same(Print other, int hash) {
        return hashes.regionMatches(hash * CHARS, other.hashes, hash * CHARS, CHARS);
    }

    private static void append(long hash, StringBuilder to) {
        for (int i = 0; i < CHARS; i++) {
            to.append((char) (hash >>> i * Character.SIZE));
        }
    }

    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        long mixed = (hash ^ hash >>> HALF) * MIX;
        return mixed ^ mixed >>> HALF;
    }
}
