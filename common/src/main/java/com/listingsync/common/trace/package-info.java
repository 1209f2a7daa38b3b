/**
 * Traces: what became of a picked record, from the page it was read with to the request that wrote its row. Way in: {@link
 * com.listingsync.common.trace.Tracing}. The picture:
 *
 * <pre>
 *   producer   poll a page ──> publish a record ─┐ header traceparent
 *   processor                    process it ─────┴─> send its row ─┐ header traceparent
 *   sink                                                           ├─> write the row
 *                                                                  └─> upsert the batch ──> each request, with its verdict
 * </pre>
 *
 * <p>Nothing of OpenTelemetry is seen outside of this package. What spans may say of records is in {@link
 * com.listingsync.common.trace.TraceFact}, and nothing else. Thread-safe, but for what says otherwise.
 */
@NullMarked
package com.listingsync.common.trace;

import org.jspecify.annotations.NullMarked;
