/**
 * The way onto Kafka: {@link com.listingsync.producer.publish.FeedLog} writes what was read of a feed, the outcomes of
 * it and the feed's new checkpoint as one transaction.
 *
 * <p>What is read, and how a checkpoint looks, belongs to {@code producer.mls} and {@code producer.sheet}.
 */
@NullMarked
package com.listingsync.producer.publish;

import org.jspecify.annotations.NullMarked;
