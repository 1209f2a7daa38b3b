/**
 * The sample world: what the sample MLS and the sample spreadsheet serve. It is generated from a seed, looks like
 * listings around Toronto, changes while it lives, and keeps its changes in a journal over a restart.
 *
 * <p>Start at {@link com.listingsync.embedded.world.SampleWorld}. Rows are immutable; the world that holds them is
 * thread-safe (one read-write lock), so a server may render rows outside of it. HTTP, OData and Google's wire format do
 * not belong here.
 */
@NullMarked
package com.listingsync.embedded.world;

import org.jspecify.annotations.NullMarked;
