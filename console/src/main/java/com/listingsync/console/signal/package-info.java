/**
 * Pausing and resuming: {@link com.listingsync.console.signal.SignalBoard} reads what is paused and says what shall be. Services
 * follow the topic by themselves; nothing here waits for them.
 */
@NullMarked
package com.listingsync.console.signal;

import org.jspecify.annotations.NullMarked;
