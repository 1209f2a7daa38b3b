/**
 * How a service says that it is well: {@link com.listingsync.common.health.Health} collects its checks,
 * {@link com.listingsync.common.health.ServiceEndpoint} serves them and the meters over HTTP, and
 * {@link com.listingsync.common.health.Service} is what whoever starts a service holds in hand;
 * {@link com.listingsync.common.health.ServiceEnd} is how it learns that the service has stopped.
 */
@NullMarked
package com.listingsync.common.health;

import org.jspecify.annotations.NullMarked;
