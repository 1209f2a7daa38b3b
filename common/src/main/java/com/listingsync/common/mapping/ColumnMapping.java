package com.listingsync.common.mapping;

import com.listingsync.common.event.View;
import java.util.Map;
import java.util.Objects;

/**
 * One column of a table.
 *
 * @param name the column
 * @param type what it holds
 * @param source where its value comes from
 * @param required whether a record without a value is refused
 * @param onError what happens when the value does not fit the type
 * @param values replaces a source text by another before typing; texts not named stay as they are
 * @param view {@link View#VOW} when only the VOW feed may supply and only VOW clients may see it; else {@link View#NONE}
 */
public record ColumnMapping(
        String name,
        ColumnType type,
        ColumnSource source,
        boolean required,
        OnError onError,
        Map<String, String> values,
        View view) {

    /** What happens to a record whose value does not fit its column. */
    public enum OnError {
        /** The record becomes a dead letter that names the column. */
        REFUSE,
        /** The column is null and the record counted with a warning. */
        NULL
    }

    public ColumnMapping {
        Objects.requireNonNull(source, "source");
        values = Map.copyOf(values);
    }
}
