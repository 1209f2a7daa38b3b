package com.listingsync.producer.sheet;

import com.listingsync.common.event.Link;
import com.listingsync.common.wire.ContentHash;
import com.listingsync.common.wire.SourceKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One row of a tab.
 *
 * @param propertyNumber its identity
 * @param link the MLS listing it is linked to; empty when it is linked to none
 * @param linkBy by what {@code link} names that listing
 * @param payload UTF-8 JSON object, field to value; blank cells are left out
 * @param contentHash fingerprint of the payload, and of {@code linkBy} where that is not the ListingKey
 */
record SheetRow(String propertyNumber, Optional<String> link, Link linkBy, byte[] payload, String contentHash) {

    static SheetRow of(String propertyNumber, Optional<String> link, Link linkBy, byte[] payload) {
        Link by = link.isPresent() ? linkBy : Link.LISTING_KEY;
        return new SheetRow(propertyNumber, link, by, payload, hash(by, payload));
    }

    SourceKey key(String connection) {
        return SourceKey.ofChild(link.orElse(propertyNumber), propertyNumber, connection);
    }

    /** Whether a row with this key stands where this one does. */
    boolean isAt(SourceKey key) {
        return key(key.connection()).equals(key);
    }

    // Another meaning of the same key is other content: the processor must look at the row again.
    private static String hash(Link by, byte[] payload) {
        if (by == Link.LISTING_KEY) {
            return ContentHash.of(payload);
        }
        byte[] name = by.wireName().getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(payload, payload.length + name.length);
        System.arraycopy(name, 0, both, payload.length, name.length);
        return ContentHash.of(both);
    }
}
