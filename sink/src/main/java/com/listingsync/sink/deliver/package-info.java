/**
 * The HTTP side: a {@link com.listingsync.sink.batch.Batch} becomes requests to Supabase REST, every answer becomes one
 * {@link com.listingsync.sink.deliver.DeliveryVerdict}, and {@link com.listingsync.sink.deliver.BatchDelivery} goes on until
 * each row is written, unchanged or refused.
 *
 * <p>In the order of a request's way: {@code BatchDelivery} (bisects), {@code DeliveryPolicy} (retries, the only layer that
 * does), {@code Gate} (waits while Supabase is down or asks for time), {@code RestClient} (one exchange),
 * {@code VerdictTable} (what its answer means). Thread-safe; threads are the caller's. No Kafka here.
 */
@NullMarked
package com.listingsync.sink.deliver;

import org.jspecify.annotations.NullMarked;
