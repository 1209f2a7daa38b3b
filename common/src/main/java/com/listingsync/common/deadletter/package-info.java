/**
 * Dead letters: records that a stage refused, kept byte for byte with the reason in headers that existing tools read.
 * Entry type: {@link com.listingsync.common.deadletter.DeadLetter}.
 *
 * <p>A letter is never changed. What becomes of it later is written beside it, as {@link com.listingsync.common.deadletter.Fate}s: a
 * replayed record carries a {@link com.listingsync.common.deadletter.ReplayMark}, and whoever deals with it reports that in the
 * transaction of that very work. So the state of a letter is what the log says, after any crash, and nobody has to set it.
 * Everything here is immutable.
 */
@NullMarked
package com.listingsync.common.deadletter;

import org.jspecify.annotations.NullMarked;
