/**
 * What the console measures of the whole deployment, so that Prometheus sees it even when the service concerned is down: how far
 * consumer groups are behind, how sync runs end. Entry type: {@link com.listingsync.console.watch.DeploymentWatch}, with a thread
 * of its own; the rest is confined to it, but for gauges, which are read by any.
 */
@NullMarked
package com.listingsync.console.watch;

import org.jspecify.annotations.NullMarked;
