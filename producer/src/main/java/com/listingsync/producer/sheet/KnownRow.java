package com.listingsync.producer.sheet;

import com.listingsync.common.wire.SourceKey;

/**
 * A row as it was emitted last.
 *
 * @param key its key then
 * @param feed the tab it stood in
 * @param contentHash fingerprint of its payload
 */
record KnownRow(SourceKey key, String feed, String contentHash) {}
