package com.listingsync.console.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.producer.presence.KeyBuckets.Entry;

/**
 * A row as Supabase has it.
 *
 * @param table its table
 * @param id its id
 * @param version its version
 * @param hash of its columns
 * @param deleted whether it is marked as deleted
 */
record TableRow(String table, String id, long version, long hash, boolean deleted) {

    private static final int HEX = 16;

    static TableRow of(TableShape shape, JsonNode row) {
        boolean deleted = shape.isDeleted(row);
        return new TableRow(shape.name(), shape.id(row), shape.version(row), shape.hash(row), deleted);
    }

    Entry entry() {
        return new Entry(LoggedRow.name(table, id), Long.toHexString(hash), version, deleted);
    }

    static TableRow of(Entry entry) {
        int slash = entry.key().indexOf('/');
        return new TableRow(
                entry.key().substring(0, slash),
                entry.key().substring(slash + 1),
                entry.number(),
                Long.parseUnsignedLong(entry.place(), HEX),
                entry.flag());
    }
}
