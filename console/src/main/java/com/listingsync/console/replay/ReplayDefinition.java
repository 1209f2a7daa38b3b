package com.listingsync.console.replay;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a replay is, settled when it was asked for.
 *
 * @param id its name; ids sort by time
 * @param request what was asked for
 * @param at when, in milliseconds since 1970
 * @param span the part of the rows topic; empty for a replay of source topics, whose owners settle it themselves
 * @param passes the tables of each pass over the span, parents before children; empty for a replay of source topics
 * @param leftOut tables that are left out, and why
 */
public record ReplayDefinition(
        String id,
        ReplayRequest request,
        long at,
        ReplaySpan span,
        List<List<String>> passes,
        Map<String, String> leftOut) {

    public ReplayDefinition {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(span, "span");
        passes = passes.stream().map(List::copyOf).toList();
        leftOut = Map.copyOf(leftOut);
        if (id.isBlank()) {
            throw new IllegalArgumentException("a replay needs an id");
        }
    }

    /** Offsets to come by in all passes. */
    long size() {
        return span.size() * passes.size();
    }
}
