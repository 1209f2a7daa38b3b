/**
 * The rules of batching: which of several records of a row counts ({@link com.listingsync.sink.batch.Coalesced}), which rows
 * travel together and in which order ({@link com.listingsync.sink.batch.Plan}), and what a
 * {@link com.listingsync.sink.batch.Batch} looks like on the wire.
 *
 * <p>Pure: no Kafka, HTTP, I/O, threads or clock. Everything is immutable unless it says otherwise.
 */
@NullMarked
package com.listingsync.sink.batch;

import org.jspecify.annotations.NullMarked;
