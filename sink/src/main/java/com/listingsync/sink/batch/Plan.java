package com.listingsync.sink.batch;

import com.listingsync.common.mapping.TableLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * In which order rows travel: stage after stage, the batches of a stage side by side.
 *
 * <p>Purges come first, children before parents; then the stages of the tables, parents before children.
 *
 * @param stages batches that may be in flight together; none is empty
 */
public record Plan(List<List<Batch>> stages) {

    /** Keys of a purge travel in the address, and servers take addresses up to about 8 KiB. */
    private static final int PURGE_ROWS = 50;

    public Plan {
        stages = stages.stream().map(List::copyOf).toList();
    }

    /** What rows of a batch have in common. Tables are compared by name: to hash a layout is to hash all its columns. */
    private record Group(TableLayout table, RowAction action, Optional<Account> account) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Group group
                    && action == group.action
                    && table.name().equals(group.table.name())
                    && account.equals(group.account);
        }

        @Override
        public int hashCode() {
            return (31 * table.name().hashCode() + action.hashCode()) * 31 + account.hashCode();
        }

        static Group of(Row row) {
            // The written rows of a mixed batch are told apart by their key, which works for a key of one column.
            boolean keyTellsRowsApart = row.table().keyColumns().size() == 1;
            return new Group(row.table(), row.action(), keyTellsRowsApart ? Optional.empty() : row.account());
        }

        /** Purges before everything, the highest stage first. */
        int stage() {
            return action == RowAction.PURGE ? Integer.MIN_VALUE / 2 - table.stage() : table.stage();
        }
    }

    /** Plans coalesced rows; {@code limits} says how large a batch of a table may be now. */
    public static Plan of(List<Row> rows, Function<TableLayout, BatchLimits> limits) {
        Map<Group, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : rows) {
            groups.computeIfAbsent(Group.of(row), group -> new ArrayList<>()).add(row);
        }
        Map<Integer, List<Batch>> stages = new TreeMap<>();
        groups.forEach((group, members) -> {
            members.sort(Comparator.comparing(Row::id));
            stages.computeIfAbsent(group.stage(), stage -> new ArrayList<>())
                    .addAll(cut(group, members, limits.apply(group.table())));
        });
        return new Plan(new ArrayList<>(stages.values()));
    }

    /**
     * Whether the first stage of this plan may be under way while the last one of {@code before} still is, if no row is in both: no row
     * of the former waits for a parent among the latter.
     */
    public boolean mayJoinEndOf(Plan before) {
        if (stages.isEmpty() || before.stages.isEmpty()) {
            return false;
        }
        Batch first = stages.get(0).get(0);
        Batch last = before.stages.get(before.stages.size() - 1).get(0);
        return first.action() != RowAction.PURGE
                && last.action() != RowAction.PURGE
                && first.table().stage() <= last.table().stage();
    }

    /** Bytes of all its rows. */
    public long bytes() {
        return stages.stream().flatMap(List::stream).mapToLong(Batch::bytes).sum();
    }

    private static List<Batch> cut(Group group, List<Row> rows, BatchLimits limits) {
        int maxRows = group.action() == RowAction.PURGE ? Math.min(PURGE_ROWS, limits.rows()) : limits.rows();
        List<Batch> batches = new ArrayList<>();
        int from = 0;
        long bytes = 1;
        for (int i = 0; i < rows.size(); i++) {
            int rowBytes = rows.get(i).bytes();
            if (i > from && (i - from == maxRows || bytes + rowBytes > limits.bytes())) {
                batches.add(new Batch(group.table(), group.action(), rows.subList(from, i)));
                from = i;
                bytes = 1;
            }
            bytes += rowBytes;
        }
        batches.add(new Batch(group.table(), group.action(), rows.subList(from, rows.size())));
        return batches;
    }
}
