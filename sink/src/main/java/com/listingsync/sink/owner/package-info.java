/**
 * Owners: whose listings, social media accounts and mailboxes there are, read from the {@code owners} of the connections file
 * by {@link com.listingsync.sink.owner.OwnersFile}; docs/connections.md describes it.
 *
 * <p>Everything here is immutable. No HTTP, Kafka, threads or clock belongs here.
 */
@NullMarked
package com.listingsync.sink.owner;

import org.jspecify.annotations.NullMarked;
