package com.listingsync.console.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.console.compare.TablePair.Column;
import com.listingsync.producer.presence.KeyBuckets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings rows of the same key together, as they come from either side. A row waits for its partner in memory; of those that wait too long,
 * because the sides are sorted differently or because there is no partner, fingerprints are set aside in buckets by key. So no order is relied
 * on, and memory does not grow with the tables. Confined to one thread.
 */
final class Matching implements AutoCloseable {

    /** Rows of a side that wait in memory: some pages. */
    static final int WAITING = 4_000;

    private final TablePair pair;
    private final Waiting older = new Waiting();
    private final Waiting newer = new Waiting();

    /** Told of rows of the same key. */
    interface Met {
        void met(String key, JsonNode oldRow, JsonNode newRow);
    }

    /** Told of what never met in memory; null for a side that does not have the key. */
    interface Left {
        void left(String key, @Nullable Print older, @Nullable Print newer);
    }

    /** The rows of a side without a partner. */
    private static final class Waiting {
        private final Map<String, JsonNode> rows = new LinkedHashMap<>();
        private final KeyBuckets aside = new KeyBuckets();
    }

    Matching(TablePair pair) {
        this.pair = pair;
    }

    /** A row of the old table. */
    void old(String key, JsonNode row, Met met) {
        JsonNode partner = newer.rows.remove(key);
        if (partner == null) {
            add(older, true, key, row);
        } else {
            met.met(key, row, partner);
        }
    }

    /** A row of the new one. */
    void now(String key, JsonNode row, Met met) {
        JsonNode partner = older.rows.remove(key);
        if (partner == null) {
            add(newer, false, key, row);
        } else {
            met.met(key, partner, row);
        }
    }

    /** Whether so many old rows wait that the new table had better be read on. */
    boolean isFullOfOld() {
        return older.rows.size() >= WAITING;
    }

    /** The same of new rows. */
    boolean isFullOfNew() {
        return newer.rows.size() >= WAITING;
    }

    /** Hands over what has not met, when there are no more rows. */
    void rest(Left left) {
        setAllAside(older, true);
        setAllAside(newer, false);
        if (older.aside.size() + newer.aside.size() == 0) {
            return;
        }
        for (int bucket = 0; bucket < KeyBuckets.COUNT; bucket++) {
            Map<String, Print> before = prints(older.aside, bucket);
            Map<String, Print> now = prints(newer.aside, bucket);
            Set<String> keys = new HashSet<>(before.keySet());
            keys.addAll(now.keySet());
            keys.forEach(key -> left.left(key, before.get(key), now.get(key)));
        }
    }

    @Override
    public void close() {
        older.aside.close();
        newer.aside.close();
    }

    private void add(Waiting side, boolean old, String key, JsonNode row) {
        side.rows.put(key, row);
        if (side.rows.size() > WAITING) {
            Iterator<Map.Entry<String, JsonNode>> longest = side.rows.entrySet().iterator();
            setAside(side, old, longest.next());
            longest.remove();
        }
    }

    private void setAllAside(Waiting side, boolean old) {
        side.rows.entrySet().forEach(row -> setAside(side, old, row));
        side.rows.clear();
    }

    private void setAside(Waiting side, boolean old, Map.Entry<String, JsonNode> row) {
        side.aside.add(
                Print.of(pair, row.getValue(), old ? Column::old : Column::name).entry(row.getKey()));
    }

    private static Map<String, Print> prints(KeyBuckets rows, int bucket) {
        Map<String, Print> prints = new HashMap<>();
        rows.each(bucket, entry -> prints.put(entry.key(), Print.of(entry)));
        return prints;
    }
}
