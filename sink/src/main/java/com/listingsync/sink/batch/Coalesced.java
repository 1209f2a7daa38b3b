package com.listingsync.sink.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of one poll with only the last of each left: a row must not be twice in one request (PostgreSQL refuses that
 * with 21000), nor in two requests at a time.
 *
 * @param latest one per table and id, in the order in which they first appeared
 * @param superseded the others
 * @param identities of the latest
 */
public record Coalesced(List<Row> latest, List<Row> superseded, Set<Identity> identities) {

    /** A row's identity in the destination; the listing is no part of it, because a child may move to another one. */
    public record Identity(String table, String id) {

        static Identity of(Row row) {
            return new Identity(row.table().name(), row.id());
        }
    }

    /**
     * Coalesces rows given in the order of their partitions.
     *
     * <p>The later one wins, as the log says; except that a lower version never wins over a higher one: the two have come
     * from two partitions (a child that moved to another listing), between which there is no order, and the table's guard
     * would say the same.
     */
    public static Coalesced of(List<Row> rows) {
        Map<Identity, Row> latest = new LinkedHashMap<>(rows.size() * 2);
        List<Row> superseded = new ArrayList<>();
        for (Row row : rows) {
            Identity identity = Identity.of(row);
            Row earlier = latest.putIfAbsent(identity, row);
            if (earlier == null) {
                continue;
            }
            if (outranks(earlier, row)) {
                superseded.add(row);
            } else {
                latest.put(identity, row);
                superseded.add(earlier);
            }
        }
        return new Coalesced(
                List.copyOf(latest.values()), List.copyOf(superseded), Collections.unmodifiableSet(latest.keySet()));
    }

    /** Whether no row is in both. */
    public boolean disjoint(Coalesced other) {
        return Collections.disjoint(identities, other.identities);
    }

    private static boolean outranks(Row earlier, Row later) {
        return earlier.action() != RowAction.PURGE
                && later.action() != RowAction.PURGE
                && earlier.version() > later.version();
    }
}
