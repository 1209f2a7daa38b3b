/**
 * Sync runs as an operator meets them: {@link com.listingsync.console.run.RunsTail} reads their states,
 * {@link com.listingsync.console.run.RunRequest} asks for one, {@link com.listingsync.console.run.RunText} and
 * {@link com.listingsync.console.run.FeedProgress} show them.
 *
 * <p>What a run's state means belongs to {@code common.run}.
 */
@NullMarked
package com.listingsync.console.run;

import org.jspecify.annotations.NullMarked;
