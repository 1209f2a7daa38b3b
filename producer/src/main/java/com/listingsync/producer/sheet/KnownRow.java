package com.listingsync.producer.sheet;

import com.listingsync.common.event.Link;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.wire.SourceKey;

/**
 * A row as it was emitted last.
 *
 * @param key its key then
 * @param linkBy by what the key named a listing
 * @param feed the tab it stood in
 * @param contentHash fingerprint of its payload
 */
record KnownRow(SourceKey key, Link linkBy, String feed, String contentHash) {

    static KnownRow of(SheetRow row, FeedName feed) {
        return new KnownRow(row.key(feed.connection()), row.linkBy(), feed.feed(), row.contentHash());
    }

    String propertyNumber() {
        return key.child().orElse(key.listing());
    }
}
