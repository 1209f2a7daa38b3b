/**
 * Reading a Google spreadsheet (facts.md §2): {@link com.listingsync.producer.sheet.SheetReader} reads the tabs of one
 * connection. Identity is the property number, never the row; only rows whose content changed are emitted, rows that are
 * gone are emitted as deletes, and a pass that would delete too many deletes none.
 *
 * <p>How cells become rows ({@code SheetTable}) and what a pass has to emit ({@code SheetChanges}) is pure.
 */
@NullMarked
package com.listingsync.producer.sheet;

import org.jspecify.annotations.NullMarked;
