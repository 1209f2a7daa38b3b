package com.listingsync.console.verify;

import com.listingsync.producer.presence.KeyBuckets.Entry;

/**
 * The last word of the log on a row.
 *
 * @param table its table
 * @param id its id
 * @param listing what it travels with
 * @param fate what is to be true of it
 * @param version its version; 0 for a purge
 * @param hash of its columns; 0 for a delete or a purge
 * @param partition where the record is
 * @param offset where the record is
 */
record LoggedRow(
        String table, String id, String listing, Fate fate, long version, long hash, int partition, long offset) {

    private static final char SEPARATOR = ' ';
    private static final int HEX = 16;

    /** What the log wants of a row. */
    enum Fate {
        /** It is there. */
        PRESENT,
        /** It is marked as deleted, or not there at all any more. */
        DELETED,
        /** It is gone. */
        PURGED
    }

    /** The name of a row among those of all tables. */
    static String name(String table, String id) {
        return table + "/" + id;
    }

    String name() {
        return name(table, id);
    }

    Entry entry() {
        String place = fate.ordinal()
                + String.valueOf(SEPARATOR)
                + Long.toHexString(hash)
                + SEPARATOR
                + partition
                + SEPARATOR
                + offset
                + SEPARATOR
                + listing;
        return new Entry(name(), place, version, false);
    }

    static LoggedRow of(Entry entry) {
        int slash = entry.key().indexOf('/');
        String[] parts = entry.place().split(String.valueOf(SEPARATOR), 5);
        return new LoggedRow(
                entry.key().substring(0, slash),
                entry.key().substring(slash + 1),
                parts[4],
                Fate.values()[Integer.parseInt(parts[0])],
                entry.number(),
                Long.parseUnsignedLong(parts[1], HEX),
                Integer.parseInt(parts[2]),
                Long.parseLong(parts[3]));
    }

    /**
     * Which of two records of a row is the last word: as the table's guard decides, the higher version; within a partition a purge
     * takes away what was before it.
     */
    static LoggedRow later(LoggedRow earlier, LoggedRow later) {
        boolean samePlace = earlier.partition == later.partition && earlier.listing.equals(later.listing);
        if (samePlace && (later.fate == Fate.PURGED || earlier.fate == Fate.PURGED)) {
            return later;
        }
        if (!samePlace && later.fate == Fate.PURGED) {
            return earlier;
        }
        return later.version >= earlier.version || earlier.fate == Fate.PURGED ? later : earlier;
    }
}
