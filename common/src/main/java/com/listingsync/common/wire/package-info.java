/**
 * The bytes that cross a topic: {@link com.listingsync.common.wire.RecordHeaders headers},
 * {@link com.listingsync.common.wire.SourceKey} and {@link com.listingsync.common.wire.RowKey keys}, the one
 * {@link com.listingsync.common.wire.ListingPartitioner partitioner} and the one {@link com.listingsync.common.wire.Json}.
 *
 * <p>Everything here is immutable or stateless and thread-safe. What a field means belongs to {@code common.event}.
 */
@NullMarked
package com.listingsync.common.wire;

import org.jspecify.annotations.NullMarked;
