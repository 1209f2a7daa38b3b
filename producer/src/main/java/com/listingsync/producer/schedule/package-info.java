/**
 * When and by whom connections are read: {@link com.listingsync.producer.schedule.Ownership} shares them out among the
 * producers through an ordinary consumer group on {@code sync.commands}; a {@code ConnectionRunner} makes the passes of
 * one connection, on schedule and on command.
 *
 * <p>The connection is the unit of ownership, because its rate limit spans its feeds. One thread polls the group, one
 * thread per owned connection runs its passes.
 */
@NullMarked
package com.listingsync.producer.schedule;

import org.jspecify.annotations.NullMarked;
