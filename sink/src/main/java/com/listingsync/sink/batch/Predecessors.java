package com.listingsync.sink.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What to fall back on when a row that had replaced others is refused. Stateless, pure. */
public final class Predecessors {

    private Predecessors() {}

    /**
     * For each refused row the superseded one that would have been written without it: the last as the log says, or the one of the
     * highest version where the two differ.
     */
    public static List<Row> of(Collection<Row> refused, List<Row> superseded) {
        Map<Coalesced.Identity, List<Row>> candidates = new HashMap<>();
        refused.forEach(row -> candidates.put(Coalesced.Identity.of(row), new ArrayList<>()));
        for (Row row : superseded) {
            candidates
                    .getOrDefault(Coalesced.Identity.of(row), new ArrayList<>())
                    .add(row);
        }
        return candidates.values().stream()
                .flatMap(rows -> {
                    rows.sort(Comparator.comparingInt(Row::place));
                    return Coalesced.of(rows).latest().stream();
                })
                .toList();
    }
}
