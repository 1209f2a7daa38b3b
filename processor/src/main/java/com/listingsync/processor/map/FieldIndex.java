package com.listingsync.processor.map;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that are needed of a record, numbered; filled while a mapper is compiled, only read afterwards. */
final class FieldIndex {

    private final Map<String, Integer> slots = new HashMap<>();

    /** The number of a field, given one now if it has none. */
    int slot(String field) {
        return slots.computeIfAbsent(field, name -> slots.size());
    }

    /** The number of a field; null when nobody needs it. */
    @Nullable
    Integer find(String field) {
        return slots.get(field);
    }

    int size() {
        return slots.size();
    }
}
