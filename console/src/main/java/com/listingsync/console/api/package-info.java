/**
 * The console's HTTP API: {@link com.listingsync.console.api.ApiServer} answers from {@link
 * com.listingsync.console.api.RunsBook}, which one thread of its own keeps up to date. Both are thread-safe.
 */
@NullMarked
package com.listingsync.console.api;

import org.jspecify.annotations.NullMarked;
