package com.listingsync.processor.map;

import com.listingsync.common.mapping.TableLayout;

/**
 * A row ready for its topic.
 *
 * @param layout its table
 * @param id value of the key column; several key columns joined by {@code /}
 * @param json UTF-8 JSON object
 */
public record MappedRow(TableLayout layout, String id, byte[] json) {}
