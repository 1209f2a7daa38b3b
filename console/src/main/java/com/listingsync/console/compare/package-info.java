/**
 * Old against new: {@link com.listingsync.console.compare.TableComparison} reads the rows of an older sync and of this one and says what is
 * missing, extra or different, column by column; {@link com.listingsync.console.compare.CompareReport} is what it found, as text, JSON or
 * HTML.
 *
 * <pre>
 *   old table ─page by page─┐
 *                           ├─ a fingerprint per column, in buckets by key (on disk) ─> counts
 *   new table ─page by page─┘                                             └─ suspects, looked at once more ─> counts, samples
 * </pre>
 *
 * <p>Memory does not grow with the tables, and no order of keys is relied on: two databases may sort them differently. Records are
 * immutable; the rest is confined to one thread.
 */
@NullMarked
package com.listingsync.console.compare;

import org.jspecify.annotations.NullMarked;
