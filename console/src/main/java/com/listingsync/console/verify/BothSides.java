package com.listingsync.console.verify;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** What a comparison reads: the log on one side, the tables on the other. Confined to one thread, but for {@link #read}. */
final class BothSides {

    private final Map<String, TableShape> shapes;
    private final VerifyRequest request;
    private final Clock clock;
    private final AtomicLong rowsFound = new AtomicLong();
    private volatile long rowsLogged;

    BothSides(Map<String, TableShape> shapes, VerifyRequest request, Clock clock) {
        this.shapes = shapes;
        this.request = request;
        this.clock = clock;
    }

    /** Rows read so far, of the log and of the tables; may be asked from any thread. */
    long read() {
        return rowsLogged + rowsFound.get();
    }

    /**
     * Reads what is to be compared.
     *
     * @param ends where the log ends
     * @param enough asked now and then; the reading ends early when it says so
     */
    void readInto(
            Comparison comparison,
            RowLogReader log,
            TableReader tables,
            Map<Integer, Long> ends,
            BooleanSupplier enough) {
        if (request.isNarrow()) {
            some(log, tables, ends, comparison, enough);
        } else {
            all(log, tables, ends, comparison, enough);
        }
    }

    /** Everything, on both sides at the same time. */
    private void all(
            RowLogReader log,
            TableReader reader,
            Map<Integer, Long> ends,
            Comparison comparison,
            BooleanSupplier enough) {
        AtomicBoolean inVain = new AtomicBoolean();
        CompletableFuture<Void> tables = CompletableFuture.runAsync(
                () -> shapes.values()
                        .forEach(shape -> reader.all(
                                shape,
                                json -> {
                                    comparison.found(TableRow.of(shape, json));
                                    rowsFound.incrementAndGet();
                                },
                                () -> inVain.get() || enough.getAsBoolean())),
                task -> daemon(task).start());
        try {
            log.readTo(
                    ends,
                    row -> {
                        comparison.logged(row);
                        rowsLogged = log.read();
                    },
                    () -> enough.getAsBoolean() || tables.isCompletedExceptionally());
        } catch (RuntimeException e) {
            // Nothing is found out without the log: a million rows need not be read for that.
            inVain.set(true);
            throw e;
        }
        try {
            tables.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** The rows that were asked for: those of the log, and what Supabase has under their keys. */
    private void some(
            RowLogReader log,
            TableReader reader,
            Map<Integer, Long> ends,
            Comparison comparison,
            BooleanSupplier enough) {
        Map<String, LoggedRow> last = new LinkedHashMap<>();
        Sample sample = new Sample(request.sample(), clock.millis());
        log.readTo(
                ends,
                row -> {
                    rowsLogged = log.read();
                    if (sample.takes(row, last)) {
                        last.merge(row.name(), row, LoggedRow::later);
                    }
                },
                enough);
        Map<String, Set<String>> ids = new HashMap<>();
        last.values().forEach(row -> {
            comparison.logged(row);
            ids.computeIfAbsent(row.table(), table -> new HashSet<>()).add(row.id());
        });
        shapes.keySet().forEach(table -> {
            Set<String> wanted = ids.computeIfAbsent(table, name -> new HashSet<>());
            wanted.addAll(request.keys());
        });
        ids.forEach((table, wanted) -> {
            TableShape shape = shapes.get(table);
            if (shape != null && !wanted.isEmpty()) {
                reader.some(shape, wanted, json -> {
                    comparison.found(TableRow.of(shape, json));
                    rowsFound.incrementAndGet();
                });
            }
        });
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "verify-tables");
        thread.setDaemon(true);
        return thread;
    }
}
