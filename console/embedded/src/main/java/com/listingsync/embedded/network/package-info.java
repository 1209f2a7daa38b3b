/**
 * A network that goes wrong when told to. Entry type: {@link com.listingsync.embedded.network.FaultProxy}, a TCP proxy on loopback
 * that knows nothing of what it carries.
 *
 * <p>Threads: one that accepts, two per connection. What a server itself does wrong belongs to that server's own faults.
 */
@NullMarked
package com.listingsync.embedded.network;

import org.jspecify.annotations.NullMarked;
