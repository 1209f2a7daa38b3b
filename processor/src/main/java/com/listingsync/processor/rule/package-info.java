/**
 * What the processor decides, as pure functions of values: is a record {@link com.listingsync.processor.rule.Novelty new},
 * which {@link com.listingsync.processor.rule.Merge view} supplies a listing's columns, what does a
 * {@link com.listingsync.processor.rule.StatusChange change of status} call for, which
 * {@link com.listingsync.processor.rule.RowVersion version} does a row get.
 *
 * <p>Everything here is immutable. No Kafka, I/O, threads, clock or environment belongs here.
 */
@NullMarked
package com.listingsync.processor.rule;

import org.jspecify.annotations.NullMarked;
