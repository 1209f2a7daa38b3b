/**
 * The proof of sync: {@link com.listingsync.console.verify.Verification} compares a Supabase project with the final state of the log
 * and says what is missing, extra, stale or different; {@link com.listingsync.console.verify.Repair} mends just that;
 * {@link com.listingsync.console.verify.SourceCheck} compares the log with the sources.
 *
 * <pre>
 *   [rows] ───read once──> LogReading ───┐                                  ┌─ gone at the second look: it was in flight
 *                                        ├─ buckets by key ─> Comparison ─> Recheck
 *   Supabase ─page by page─> TableReading┘   (on disk)                      └─ Difference ─> report, Repair
 * </pre>
 *
 * <p>Both sides are reduced to version and content hash per row and dealt into buckets by key, so memory does not grow with the
 * tables. What differs is looked at again until the sink has come by it, or the grace is over. Records are immutable; everything
 * else is confined to one thread unless it says otherwise.
 */
@NullMarked
package com.listingsync.console.verify;

import org.jspecify.annotations.NullMarked;
