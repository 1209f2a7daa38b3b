/**
 * The whole system in one process: {@link com.listingsync.console.up.Up} starts the embedded parts and the four services as
 * they run in production, follows the first full sync and keeps everything running.
 * {@link com.listingsync.console.up.Stack} is the parts list.
 *
 * <p>Started and stopped by one thread, the command's. The parts have their own threads.
 */
@NullMarked
package com.listingsync.console.up;

import org.jspecify.annotations.NullMarked;
