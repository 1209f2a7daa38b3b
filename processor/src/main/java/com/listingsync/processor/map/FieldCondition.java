package com.listingsync.processor.map;

import com.listingsync.common.mapping.Condition;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A mapping's condition, compiled. Immutable. */
final class FieldCondition {

    private final Condition condition;
    private final int slot;

    FieldCondition(Condition condition, FieldIndex index) {
        this.condition = condition;
        this.slot = index.slot(condition.field());
    }

    static List<FieldCondition> all(List<Condition> conditions, FieldIndex index) {
        return conditions.stream().map(c -> new FieldCondition(c, index)).toList();
    }

    static boolean anyHolds(List<FieldCondition> conditions, RecordFields record) throws IOException {
        for (FieldCondition condition : conditions) {
            if (condition.holds(record)) {
                return true;
            }
        }
        return false;
    }

    static boolean allHold(List<FieldCondition> conditions, RecordFields record) throws IOException {
        for (FieldCondition condition : conditions) {
            if (!condition.holds(record)) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(RecordFields record) throws IOException {
        FieldValue value = record.get(slot);
        if (value.isNull()) {
            return false;
        }
        if (!value.isArray()) {
            return condition.texts().contains(value.text().toLowerCase(Locale.ROOT));
        }
        for (String text : Texts.many(value)) {
            if (condition.texts().contains(text.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}
