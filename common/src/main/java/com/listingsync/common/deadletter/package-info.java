/**
 * Dead letters: records that a stage refused, kept byte for byte with the reason in headers that existing tools read.
 * Entry type: {@link com.listingsync.common.deadletter.DeadLetter}.
 */
@NullMarked
package com.listingsync.common.deadletter;

import org.jspecify.annotations.NullMarked;
