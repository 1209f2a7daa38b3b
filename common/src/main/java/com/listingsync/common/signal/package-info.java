/**
 * What is paused, and by whom: {@link com.listingsync.common.signal.Signal signals} stand on the compacted topic {@code
 * sync.signals}, the last of each target counts, and every service follows them with a {@link
 * com.listingsync.common.signal.SignalFollower}.
 *
 * <p>A service that can't read the topic keeps the last state it knew. Values are immutable; the follower is thread-safe.
 */
@NullMarked
package com.listingsync.common.signal;

import org.jspecify.annotations.NullMarked;
