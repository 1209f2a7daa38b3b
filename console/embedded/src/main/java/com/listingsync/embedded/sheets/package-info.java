/**
 * The sample spreadsheet: the parts of Google Sheets v4 and Drive v3 over REST that a reader needs, as Google's own Java
 * clients call them, over the sample world.
 *
 * <p>Start at {@link com.listingsync.embedded.sheets.SampleSheets}. Requests are answered on several threads, each from one
 * snapshot of the sheet; everything here is immutable or thread-safe.
 */
@NullMarked
package com.listingsync.embedded.sheets;

import org.jspecify.annotations.NullMarked;
