/**
 * How the whole pipeline stands at this moment, as one document that many watch: {@link
 * com.listingsync.console.live.ServicesWatch} asks the services for their health and meters, {@link
 * com.listingsync.console.live.TopicsWatch} asks Kafka for what waits where, {@link com.listingsync.console.live.LiveView} puts
 * both together, and {@link com.listingsync.console.live.EventStream} tells every open dashboard. One thread looks, whatever the
 * number of those who watch; everything here is thread-safe.
 */
@NullMarked
package com.listingsync.console.live;

import org.jspecify.annotations.NullMarked;
