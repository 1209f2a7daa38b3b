/**
 * The connections file: what to read, where, how often and under which limits. {@link
 * com.listingsync.producer.connection.ConnectionsFile} reads it into {@link com.listingsync.producer.connection.Connection}s
 * and reports everything that is wrong with it at once, by place, never by value.
 *
 * <p>Everything here is immutable. No HTTP, Kafka, threads or clock belongs here.
 */
@NullMarked
package com.listingsync.producer.connection;

import org.jspecify.annotations.NullMarked;
