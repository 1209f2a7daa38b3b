package com.listingsync.console.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.console.compare.TablePair.Column;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.verify.TableReader;
import com.listingsync.console.verify.TableShape;
import com.listingsync.producer.presence.KeyBuckets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The comparison of one pair of tables. What differs at first sight is looked at once more, because rows change while they are read.
 * Confined to one thread, but for {@link #read}.
 */
public final class TableComparison {

    /** Rows that are looked at again; what is beyond them is counted as it was found. */
    static final int SECOND_LOOK = 10_000;

    private static final int AT_ONCE = 500;

    private final TablePair pair;
    private final TableReader older;
    private final TableReader newer;
    private final BooleanSupplier enough;
    private final AtomicLong read = new AtomicLong();

    /** @param enough asked now and then; the comparison fails when it says so */
    TableComparison(TablePair pair, TableReader older, TableReader newer, BooleanSupplier enough) {
        this.pair = pair;
        this.older = older;
        this.newer = newer;
        this.enough = enough;
    }

    /** Rows read so far. */
    long read() {
        return read.get();
    }

    /** All rows of both. */
    CompareReport.Table all(int samples, boolean hidden) {
        Findings findings = new Findings(pair, samples, hidden);
        List<String> suspects = new ArrayList<>();
        try (KeyBuckets oldRows = new KeyBuckets();
                KeyBuckets newRows = new KeyBuckets()) {
            fill(older, pair.oldShape(), Column::old, oldRows);
            fill(newer, pair.shape(), Column::name, newRows);
            if (enough.getAsBoolean()) {
                throw new CommandFailure("the comparison was ended early; nothing was found out");
            }
            for (int bucket = 0; bucket < KeyBuckets.COUNT; bucket++) {
                compare(prints(oldRows, bucket), prints(newRows, bucket), findings, suspects);
            }
        }
        look(suspects, findings);
        return findings.table();
    }

    /** So many rows of the old table, chosen at random; extra rows are not looked for. */
    CompareReport.Table sample(int rows, int samples, boolean hidden) {
        Findings findings = new Findings(pair, samples, hidden);
        List<String> chosen = new ArrayList<>();
        Random random = new Random();
        long[] seen = {0};
        TableShape keys = new TablePair(
                        pair.table(),
                        pair.oldTable(),
                        pair.keys(),
                        List.of(),
                        pair.deletedAt(),
                        pair.oldDeletedAt(),
                        List.of(),
                        List.of())
                .oldShape();
        older.all(
                keys,
                row -> {
                    read.incrementAndGet();
                    if (keys.isDeleted(row)) {
                        return;
                    }
                    seen[0]++;
                    if (chosen.size() < rows) {
                        chosen.add(keys.id(row));
                    } else {
                        long place = (long) (random.nextDouble() * seen[0]);
                        if (place < rows) {
                            chosen.set((int) place, keys.id(row));
                        }
                    }
                },
                enough);
        look(chosen, findings);
        return findings.table();
    }

    private void fill(TableReader reader, TableShape shape, Function<Column, String> name, KeyBuckets rows) {
        reader.all(
                shape,
                row -> {
                    read.incrementAndGet();
                    if (!shape.isDeleted(row)) {
                        rows.add(Print.of(pair, row, name).entry(shape.id(row)));
                    }
                },
                enough);
    }

    private void compare(
            Map<String, Print> oldRows, Map<String, Print> newRows, Findings findings, List<String> suspects) {
        Set<String> keys = new HashSet<>(oldRows.keySet());
        keys.addAll(newRows.keySet());
        for (String key : keys) {
            Print before = oldRows.get(key);
            Print now = newRows.get(key);
            boolean equal = before != null
                    && now != null
                    && before.equalTo(now, pair.columns().size());
            if (equal || suspects.size() >= SECOND_LOOK) {
                findings.rows(key, before, now);
            } else {
                suspects.add(key);
            }
        }
    }

    private void look(List<String> keys, Findings findings) {
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            if (enough.getAsBoolean()) {
                throw new CommandFailure("the comparison was ended early; nothing was found out");
            }
            List<String> some = keys.subList(from, Math.min(keys.size(), from + AT_ONCE));
            Map<String, JsonNode> before = rows(older, pair.oldShape(), some);
            Map<String, JsonNode> now = rows(newer, pair.shape(), some);
            for (String key : some) {
                JsonNode oldRow = before.get(key);
                JsonNode newRow = now.get(key);
                findings.rows(
                        key,
                        oldRow == null ? null : Print.of(pair, oldRow, Column::old),
                        newRow == null ? null : Print.of(pair, newRow, Column::name),
                        oldRow,
                        newRow);
            }
        }
    }

    private Map<String, JsonNode> rows(TableReader reader, TableShape shape, Collection<String> keys) {
        Map<String, JsonNode> rows = new HashMap<>();
        reader.some(shape, keys, row -> {
            if (!shape.isDeleted(row)) {
                rows.put(shape.id(row), row);
            }
        });
        return rows;
    }

    private static Map<String, Print> prints(KeyBuckets rows, int bucket) {
        Map<String, Print> prints = new HashMap<>();
        rows.each(bucket, entry -> prints.put(entry.key(), Print.of(entry)));
        return prints;
    }
}
