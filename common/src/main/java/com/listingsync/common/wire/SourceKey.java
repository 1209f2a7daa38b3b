package com.listingsync.common.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The key of a record on a {@code source.*} topic: {@code listing/connection} for a property, {@code
 * listing/child/connection} for everything that belongs to one. A sheet row's is {@code listing/property_number/connection},
 * where listing is the MLS listing it is linked to, or its own property number when it is linked to none; so it meets its
 * listing in one partition. A row that is linked by ListingId ({@link com.listingsync.common.event.Link}) has that in the
 * listing's place.
 *
 * <p>The connection is part of the key because it is part of what a record says: two tokens of one MLS give the same listing,
 * each with fields of its own, and each says for itself when it is gone. Compaction keeps the last word of each, so a listing
 * that left IDX and stays in VOW is still on the topic after the history has been cleaned, and tables can be rebuilt from it.
 *
 * @param listing key of the listing; the only part that chooses the partition
 * @param child key within the listing; empty for the listing itself
 * @param connection name of the connection that says so
 */
public record SourceKey(String listing, Optional<String> child, String connection) {

    /**
     * Bytes (UTF-8) of the longest key that a source may give. The Data Dictionary's have 255 characters at most, no index of PostgreSQL
     * takes much more than twice this, and with several of these a record still fits its topic.
     */
    public static final int MOST_BYTES = 1_024;

    public SourceKey {
        Objects.requireNonNull(child, "child");
        if (listing.isEmpty() || connection.isEmpty()) {
            throw new IllegalArgumentException(
                    "a source key needs a listing and a connection; found '" + listing + "' and '" + connection + "'");
        }
    }

    /** The key of a listing itself. */
    public static SourceKey ofListing(String listing, String connection) {
        return new SourceKey(listing, Optional.empty(), connection);
    }

    /** The key of something that belongs to a listing. */
    public static SourceKey ofChild(String listing, String child, String connection) {
        return new SourceKey(listing, Optional.of(child), connection);
    }

    /**
     * The key in these bytes.
     *
     * @throws IllegalArgumentException when they are not {@code listing/connection} or {@code listing/child/connection}; the
     *     record is a dead letter
     */
    public static SourceKey of(byte[] bytes) {
        return of(new String(bytes, StandardCharsets.UTF_8));
    }

    /** As {@link #of(byte[])}. */
    public static SourceKey of(String text) {
        List<String> parts = KeyText.split(text);
        return switch (parts.size()) {
            case 2 -> ofListing(parts.get(0), parts.get(1));
            case 3 -> ofChild(parts.get(0), parts.get(1), parts.get(2));
            default ->
                throw new IllegalArgumentException(
                        "a source key is 'listing/connection' or 'listing/child/connection'; found " + parts.size()
                                + (parts.size() == 1 ? " part" : " parts"));
        };
    }

    /**
     * Checks that these bytes are a key, without making one of them: most records are dropped knowing no more.
     *
     * @throws IllegalArgumentException as {@link #of(byte[])} does
     */
    public static void require(byte[] bytes) {
        int parts = 1;
        int last = -1;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == KeyText.SEPARATOR) {
                parts++;
                last = i;
            }
        }
        boolean plain = (parts == 2 || parts == 3) && bytes[0] != KeyText.SEPARATOR && last < bytes.length - 1;
        if (!plain) {
            // Not a key, and this says what is wrong with it.
            of(bytes);
        }
    }

    /** Whether a key that a source gives is not too long to be a part of ours. */
    public static boolean fits(String given) {
        // A character is three bytes at most, or two of them are four.
        return given.length() * 3 <= MOST_BYTES || given.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    }

    /** The listing that the first part of a key's bytes spells. */
    public static String listing(byte[] bytes) {
        return KeyText.split(new String(bytes, StandardCharsets.UTF_8)).get(0);
    }

    /** UTF-8 text of the key. */
    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return child.map(c -> KeyText.join(listing, c, connection)).orElseGet(() -> KeyText.join(listing, connection));
    }
}
