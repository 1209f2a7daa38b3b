package com.listingsync.common.mapping;

import com.listingsync.common.event.Entity;
import java.util.List;
import java.util.Objects;

/**
 * How records of one entity become rows of one table.
 *
 * @param layout the table
 * @param entity kind of record
 * @param columns its columns, in the layout's order
 * @param keep only records for which all of these hold become rows; empty keeps all
 * @param drop records for which any of these holds become no rows
 * @param deletedWhen a record for which any of these holds says that it is deleted, as some sources do instead of taking it
 *     out of the feed (facts.md §1)
 */
public record TableMapping(
        TableLayout layout,
        Entity entity,
        List<ColumnMapping> columns,
        List<Condition> keep,
        List<Condition> drop,
        List<Condition> deletedWhen) {

    public TableMapping {
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(entity, "entity");
        columns = List.copyOf(columns);
        keep = List.copyOf(keep);
        drop = List.copyOf(drop);
        deletedWhen = List.copyOf(deletedWhen);
    }
}
