/**
 * How what has ended is recorded in Kafka: {@link com.listingsync.sink.ledger.Transactions} makes records and offsets one thing,
 * {@link com.listingsync.sink.ledger.Recording} tries until it is known whether they are there.
 *
 * <p>Confined to the thread of the loop whose ends are recorded. What is recorded belongs to the packages of the loops.
 */
@NullMarked
package com.listingsync.sink.ledger;

import org.jspecify.annotations.NullMarked;
