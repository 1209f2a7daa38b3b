/**
 * The Kafka side of what follows a record: {@link com.listingsync.sink.follow.FollowLoop} reads a topic in a group of its own
 * and hands every record to a {@link com.listingsync.sink.follow.Follower}; offsets and dead letters are recorded in one
 * transaction once what follows a record, and every one before it in its partition, has ended.
 *
 * <p>Records with the same key are followed one after another, all others side by side. What follows belongs to the follower.
 */
@NullMarked
package com.listingsync.sink.follow;

import org.jspecify.annotations.NullMarked;
