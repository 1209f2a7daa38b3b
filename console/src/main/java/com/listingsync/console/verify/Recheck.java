package com.listingsync.console.verify;

import com.listingsync.console.verify.LoggedRow.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The second look at what differs: rows are read while others are written, so what was on its way at the first look is found in
 * place at the second. It looks until nothing is on its way any more, or the grace is over. Confined to one thread.
 */
final class Recheck {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

    private final Map<String, TableShape> shapes;
    private final RowLogReader log;
    private final TableReader tables;
    private final Supplier<Map<Integer, Long>> delivered;
    private final boolean grows;
    private final BooleanSupplier enough;

    /**
     * @param delivered the offsets before which everything has been dealt with
     * @param grows whether the log is followed further; a copy is held against the log it was made from
     */
    Recheck(
            Map<String, TableShape> shapes,
            RowLogReader log,
            TableReader tables,
            Supplier<Map<Integer, Long>> delivered,
            boolean grows,
            BooleanSupplier enough) {
        this.shapes = shapes;
        this.log = log;
        this.tables = tables;
        this.delivered = delivered;
        this.grows = grows;
        this.enough = enough;
    }

    /** Those of the differences that are still there. */
    List<Difference> of(Collection<Difference> suspects, Duration grace) {
        Map<String, Difference> left = new LinkedHashMap<>();
        suspects.forEach(one -> left.put(one.name(), one));
        long giveUp = System.nanoTime() + grace.toNanos();
        while (!left.isEmpty()) {
            Map<Integer, Long> reached = delivered.get();
            if (grows) {
                log.readTo(log.ends(), row -> left.computeIfPresent(row.name(), (name, one) -> told(one, row)), enough);
            }
            look(left);
            left.replaceAll((name, one) -> one.late(one.logged()
                    .filter(row -> row.offset() >= reached.getOrDefault(row.partition(), 0L))
                    .isPresent()));
            boolean waiting = left.values().stream().anyMatch(Difference::late);
            if (!waiting || enough.getAsBoolean() || System.nanoTime() - giveUp > 0) {
                break;
            }
            rest();
        }
        return new ArrayList<>(left.values());
    }

    private static Difference told(Difference one, LoggedRow row) {
        LoggedRow last =
                one.logged().map(before -> LoggedRow.later(before, row)).orElse(row);
        return new Difference(one.kind(), one.table(), one.id(), List.of(), one.late(), Optional.of(last), one.found());
    }

    /** Holds what is left against the tables as they are now. */
    private void look(Map<String, Difference> left) {
        Map<String, List<String>> byTable = new HashMap<>();
        left.values()
                .forEach(one -> byTable.computeIfAbsent(one.table(), table -> new ArrayList<>())
                        .add(one.id()));
        Map<String, TableRow> now = new HashMap<>();
        byTable.forEach((table, ids) -> {
            TableShape shape = shapes.get(table);
            if (shape != null) {
                tables.some(shape, ids, json -> {
                    TableRow row = TableRow.of(shape, json);
                    now.put(LoggedRow.name(table, row.id()), row);
                });
            }
        });
        for (Difference one : List.copyOf(left.values())) {
            Optional<Difference> still = Difference.between(one.logged(), Optional.ofNullable(now.get(one.name())));
            if (still.isPresent()) {
                left.put(one.name(), still.get());
            } else {
                left.remove(one.name());
            }
        }
    }

    /** With the columns that differ, read from both sides; one whose columns all mean the same is none. */
    Optional<Difference> columns(Difference one) {
        boolean comparable = one.found().isPresent()
                && one.logged().filter(row -> row.fate() == Fate.PRESENT).isPresent();
        TableShape shape = shapes.get(one.table());
        if (!comparable || shape == null) {
            return Optional.of(one);
        }
        List<Difference> compared = new ArrayList<>();
        log.content(one.logged().orElseThrow())
                .ifPresent(wanted -> tables.some(
                        shape, List.of(one.id()), found -> compared.add(one.with(shape.differing(wanted, found)))));
        if (compared.isEmpty()) {
            return Optional.of(one);
        }
        Difference known = compared.get(0);
        boolean same =
                known.kind() == Difference.Kind.DIFFERENT && known.columns().isEmpty();
        return same ? Optional.empty() : Optional.of(known);
    }

    private static void rest() {
        try {
            if (new CountDownLatch(1).await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts this latch down");
            }
        } catch (InterruptedException e) {
            // The next look that blocks ends it.
            Thread.currentThread().interrupt();
        }
    }
}
