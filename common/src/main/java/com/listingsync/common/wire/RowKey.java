package com.listingsync.common.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The key of a record on {@code rows}: {@code listing/table/id}. The listing comes first because it alone chooses the
 * partition.
 *
 * @param listing key of the listing (a run id for the sync tables): what the row travels with
 * @param table destination table
 * @param id value of the table's key column; of several, as {@link #idOf} joins them
 */
public record RowKey(String listing, String table, String id) {

    public RowKey {
        if (listing.isEmpty() || table.isEmpty() || id.isEmpty()) {
            throw new IllegalArgumentException("a row key needs a listing, a table and an id; found '" + listing
                    + "', '" + table + "' and '" + id + "'");
        }
    }

    /** The id of a row with these values in its key columns: the value itself, or all of them so joined that none differ alike. */
    public static String idOf(List<String> values) {
        return values.size() == 1 ? values.get(0) : KeyText.join(values.toArray(String[]::new));
    }

    /**
     * The key in these bytes.
     *
     * @throws IllegalArgumentException when they are not {@code listing/table/id}; the record is a dead letter
     */
    public static RowKey of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int first = text.indexOf(KeyText.SEPARATOR);
        int second = text.indexOf(KeyText.SEPARATOR, first + 1);
        if (first > 0 && second > 0 && text.indexOf(KeyText.SEPARATOR, second + 1) < 0 && text.indexOf('%') < 0) {
            // Three plain parts, as almost every key has: read for every row of a replay.
            return new RowKey(text.substring(0, first), text.substring(first + 1, second), text.substring(second + 1));
        }
        List<String> parts = KeyText.split(text);
        if (parts.size() != 3) {
            throw new IllegalArgumentException("a row key is 'listing/table/id'; found " + parts.size() + " parts");
        }
        return new RowKey(parts.get(0), parts.get(1), parts.get(2));
    }

    /**
     * The bytes of a key whose listing is there as bytes already.
     *
     * @param listing the listing's part of another key, such as a source record's, as it stands there
     */
    public static byte[] bytes(byte[] listing, String table, String id) {
        byte[] rest = KeyText.join(table, id).getBytes(StandardCharsets.UTF_8);
        byte[] key = Arrays.copyOf(listing, listing.length + 1 + rest.length);
        key[listing.length] = KeyText.SEPARATOR;
        System.arraycopy(rest, 0, key, listing.length + 1, rest.length);
        return key;
    }

    /** UTF-8 text of the key. */
    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return KeyText.join(listing, table, id);
    }
}
