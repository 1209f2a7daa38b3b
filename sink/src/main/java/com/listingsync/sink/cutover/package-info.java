/**
 * How far the sink has taken over from an older sync: {@link com.listingsync.sink.cutover.CutoverSettings} says whether it writes at
 * all, and for which {@link com.listingsync.sink.cutover.Share} of the listings.
 *
 * <p>Everything here is immutable and pure. No Kafka, HTTP, threads or clock belongs here.
 */
@NullMarked
package com.listingsync.sink.cutover;

import org.jspecify.annotations.NullMarked;
