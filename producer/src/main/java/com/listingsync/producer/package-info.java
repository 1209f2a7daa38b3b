/**
 * The producer service: {@link com.listingsync.producer.ProducerApp} wires it.
 *
 * <pre>
 *   connections.yaml ─> connection
 *   [sync.commands] ──> schedule ──> mls, sheet (over upstream) ──> publish ──> [source.*] [sync.outcomes]
 *                                                                               [sync.checkpoints] [dead-letters.producer]
 * </pre>
 */
@NullMarked
package com.listingsync.producer;

import org.jspecify.annotations.NullMarked;
