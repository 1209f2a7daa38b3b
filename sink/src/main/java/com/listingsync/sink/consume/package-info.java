/**
 * The Kafka side: {@link com.listingsync.sink.consume.SinkLoop} polls rows, has each
 * {@link com.listingsync.sink.consume.Round} delivered while it prepares the next, and records what became of it in one
 * transaction.
 *
 * <p>The consumer and the producer are confined to the loop's thread; batches are delivered on worker threads. What is sent
 * where and when belongs to {@code deliver}, what travels together to {@code batch}.
 */
@NullMarked
package com.listingsync.sink.consume;

import org.jspecify.annotations.NullMarked;
