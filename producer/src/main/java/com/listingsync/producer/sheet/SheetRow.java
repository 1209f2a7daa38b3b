package com.listingsync.producer.sheet;

import com.listingsync.common.wire.ContentHash;
import com.listingsync.common.wire.SourceKey;
import java.util.Optional;

/**
 * One row of a tab.
 *
 * @param propertyNumber its identity
 * @param link key of the MLS listing it is linked to; empty when it is linked to none
 * @param payload UTF-8 JSON object, field to value; blank cells are left out
 * @param contentHash fingerprint of the payload
 */
record SheetRow(String propertyNumber, Optional<String> link, byte[] payload, String contentHash) {

    static SheetRow of(String propertyNumber, Optional<String> link, byte[] payload) {
        return new SheetRow(propertyNumber, link, payload, ContentHash.of(payload));
    }

    SourceKey key(String connection) {
        return SourceKey.ofChild(link.orElse(propertyNumber), propertyNumber, connection);
    }

    /** Whether a row with this key stands where this one does. */
    boolean isAt(SourceKey key) {
        return key(key.connection()).equals(key);
    }
}
