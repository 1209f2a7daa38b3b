/**
 * How the whole pipeline stands at this moment, as one document that many watch: {@link
 * com.listingsync.console.live.Instances} finds who runs, {@link com.listingsync.console.live.ServicesWatch} asks each of them for its
 * health and meters (and {@link com.listingsync.console.live.ServiceSettingsView}, when somebody wants to know, for its settings), {@link
 * com.listingsync.console.live.TopicsWatch} asks Kafka for what waits where, {@link com.listingsync.console.live.LiveView} puts
 * both together, and {@link com.listingsync.console.live.EventStream} tells every open dashboard. One thread looks, whatever the
 * number of those who watch; everything here is thread-safe.
 */
@NullMarked
package com.listingsync.console.live;

import org.jspecify.annotations.NullMarked;
