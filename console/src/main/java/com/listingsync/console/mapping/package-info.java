/**
 * What a mapping would do, shown to somebody before it does it: {@link com.listingsync.console.mapping.SampleFile} reads records
 * of a file for {@code mapping check}, {@link com.listingsync.console.mapping.DryRun} compares the rows of a whole deployment
 * with those that a changed mapping would make. Both only read. Confined to the caller's thread.
 */
@NullMarked
package com.listingsync.console.mapping;

import org.jspecify.annotations.NullMarked;
