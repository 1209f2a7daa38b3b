/**
 * A change of a listing's status as {@code status-changes} tells it: {@link com.listingsync.sink.change.StatusChange}. Pure and
 * immutable; what follows a change belongs to {@code post} and {@code notify}.
 */
@NullMarked
package com.listingsync.sink.change;

import org.jspecify.annotations.NullMarked;
