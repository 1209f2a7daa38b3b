/**
 * From a source record's bytes to a row's bytes: {@link com.listingsync.processor.map.RecordMapper}, compiled once per
 * entity from the mapping.
 *
 * <p>A payload is read as a stream once, only the fields that some column, condition or status needs are kept, and the row
 * is written straight into bytes. No Kafka, clock or environment belongs here. A mapper is confined to one thread.
 */
@NullMarked
package com.listingsync.processor.map;

import org.jspecify.annotations.NullMarked;
