package com.listingsync.common.mapping;

import java.util.Set;

/**
 * Holds for a record one of whose field's values is among the given texts, compared without case; a field that is an array
 * matches by any of its elements, and a boolean by {@code true} or {@code false}.
 *
 * @param field the field
 * @param texts lower-case texts
 */
public record Condition(String field, Set<String> texts) {

    public Condition {
        texts = Set.copyOf(texts);
    }
}
