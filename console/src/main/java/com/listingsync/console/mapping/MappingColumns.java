package com.listingsync.console.mapping;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.listingsync.common.event.View;
import com.listingsync.common.mapping.ColumnMapping;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.TableMapping;
import com.listingsync.common.wire.Json;

/** The columns that a mapping makes, for scripts and the API. Stateless. */
public final class MappingColumns {

    private MappingColumns() {}

    /** Of each column {@code table, column, type, vowOnly}. */
    public static ArrayNode json(Mapping mapping) {
        ArrayNode columns = Json.MAPPER.createArrayNode();
        for (TableMapping table : mapping.tables()) {
            for (ColumnMapping column : table.columns()) {
                columns.addObject()
                        .put("table", table.layout().name())
                        .put("column", column.name())
                        .put("type", column.type().wireName())
                        .put("vowOnly", column.view() == View.VOW);
            }
        }
        return columns;
    }
}
