package com.listingsync.console.verify;

import com.listingsync.producer.presence.KeyBuckets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Both sides dealt into buckets by key, and compared bucket by bucket. Each side is filled by one thread, then one thread compares. */
final class Comparison implements AutoCloseable {

    private final KeyBuckets logged = new KeyBuckets();
    private final KeyBuckets found = new KeyBuckets();
    private final Map<String, long[]> sizes = new TreeMap<>();

    void logged(LoggedRow row) {
        logged.add(row.entry());
    }

    void found(TableRow row) {
        found.add(row.entry());
    }

    /** Tells of every row that differs. */
    void compare(Consumer<Difference> each) {
        for (int bucket = 0; bucket < KeyBuckets.COUNT; bucket++) {
            Map<String, LoggedRow> last = new HashMap<>();
            logged.each(bucket, entry -> last.merge(entry.key(), LoggedRow.of(entry), LoggedRow::later));
            Map<String, TableRow> rows = new HashMap<>();
            found.each(bucket, entry -> rows.put(entry.key(), TableRow.of(entry)));
            last.values().forEach(this::count);
            rows.values().forEach(this::count);
            Set<String> names = new HashSet<>(last.keySet());
            names.addAll(rows.keySet());
            for (String name : names) {
                Difference.between(Optional.ofNullable(last.get(name)), Optional.ofNullable(rows.get(name)))
                        .ifPresent(each);
            }
        }
    }

    /** Rows that the log wants to be there; known after {@link #compare}. */
    long logged(String table) {
        return sizes.getOrDefault(table, new long[2])[0];
    }

    /** Rows that Supabase has, not marked as deleted; known after {@link #compare}. */
    long found(String table) {
        return sizes.getOrDefault(table, new long[2])[1];
    }

    @Override
    public void close() {
        logged.close();
        found.close();
    }

    private void count(LoggedRow row) {
        if (row.fate() == LoggedRow.Fate.PRESENT) {
            sizes.computeIfAbsent(row.table(), table -> new long[2])[0]++;
        }
    }

    private void count(TableRow row) {
        if (!row.deleted()) {
            sizes.computeIfAbsent(row.table(), table -> new long[2])[1]++;
        }
    }
}
