/**
 * The connections file as far as more than one service reads it: {@link
 * com.listingsync.common.connection.ConnectionsDocument} opens it, {@link com.listingsync.common.connection.Section} gives out
 * its values and notes what is wrong with them. The producer reads {@code connections}, the sink {@code owners}; what an entry
 * means belongs to whoever reads it.
 *
 * <p>Confined to the thread that reads a file. No HTTP, Kafka or clock belongs here.
 */
@NullMarked
package com.listingsync.common.connection;

import org.jspecify.annotations.NullMarked;
