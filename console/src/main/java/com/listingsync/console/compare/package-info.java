/**
 * Old against new: {@code TableComparison} reads the rows of an older sync and of this one and says what is
 * missing, extra or different, column by column; {@link com.listingsync.console.compare.CompareReport} is what it found, as text, JSON or
 * HTML.
 *
 * <pre>
 *   old table ─page by page─┐
 *                           ├─ rows of one key meet ──> the same, or suspects ─────────────┐
 *   new table ─page by page─┘  └─ waited too long: fingerprints on disk ──> suspects ──────┴─ looked at once more ──> report
 * </pre>
 *
 * <p>Both sides are read at the same time in the order of their keys. Memory does not grow with the tables, and the order is not relied on:
 * two databases may sort keys differently. {@link com.listingsync.console.compare.ProjectComparison} is the way in. Records are
 * immutable; the rest is confined to one thread.
 */
@NullMarked
package com.listingsync.console.compare;

import org.jspecify.annotations.NullMarked;
