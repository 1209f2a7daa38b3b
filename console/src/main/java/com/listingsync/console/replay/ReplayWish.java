package com.listingsync.console.replay;

import com.listingsync.common.command.ReprocessWish.Wish;

/**
 * The last that somebody wished of a replay.
 *
 * @param wish what is to happen
 * @param by who wished it
 * @param at when, in milliseconds since 1970
 */
record ReplayWish(Wish wish, String by, long at) {}
