/**
 * The mapping of source records to tables, read from YAML: {@link com.listingsync.common.mapping.Mapping}. The processor
 * makes rows by it, the sink takes tables, keys and column lists from it.
 *
 * <p>Everything here is immutable. How a field's value becomes a column's value belongs to the processor.
 */
@NullMarked
package com.listingsync.common.mapping;

import org.jspecify.annotations.NullMarked;
