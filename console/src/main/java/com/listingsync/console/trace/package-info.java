/**
 * The story of one key: {@link com.listingsync.console.trace.TraceReader} finds the listing it belongs to, reads that listing's
 * partition of every topic and the row that Supabase holds, and {@link com.listingsync.console.trace.Story} tells in words what
 * happened and why it is as it is.
 *
 * <p>Reading is in {@code TraceReader} and the classes it names; the story is a pure function of what was read. Nothing is written.
 */
@NullMarked
package com.listingsync.console.trace;

import org.jspecify.annotations.NullMarked;
