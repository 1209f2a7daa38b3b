/**
 * The books of a sync run: stages report {@link com.listingsync.common.run.Outcome outcomes} on {@code sync.outcomes};
 * {@link com.listingsync.common.run.RunState} adds them up, a pure fold whose result is on {@code sync.runs}.
 *
 * <p>Everything here is immutable. No Kafka, I/O, threads or clock belongs here.
 */
@NullMarked
package com.listingsync.common.run;

import org.jspecify.annotations.NullMarked;
