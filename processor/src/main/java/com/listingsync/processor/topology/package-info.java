/**
 * The Kafka Streams side: {@link com.listingsync.processor.topology.ListingTopology} wires sources, stores, processors and
 * sinks, each by name. Three flows (property, child, sheet) apply {@code processor.rule} and {@code processor.map} to stored
 * state; the run processor adds up outcomes.
 *
 * <p>Everything but the topology and its settings is confined to the stream thread that owns the task.
 */
@NullMarked
package com.listingsync.processor.topology;

import org.jspecify.annotations.NullMarked;
