/**
 * The domain's identifiers and routing facts: {@link com.listingsync.common.event.Entity what} changed,
 * {@link com.listingsync.common.event.Operation how}, and {@link com.listingsync.common.event.Origin where it comes from}.
 *
 * <p>Everything here is immutable. No Kafka, HTTP, I/O, threads, clock or environment belongs here.
 */
@NullMarked
package com.listingsync.common.event;

import org.jspecify.annotations.NullMarked;
