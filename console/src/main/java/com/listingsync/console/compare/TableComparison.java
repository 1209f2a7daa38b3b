package com.listingsync.console.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.console.compare.TablePair.Column;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.verify.TableReader;
import com.listingsync.console.verify.TableShape;
import com.listingsync.sink.deliver.TableAccess.AwayException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of one pair of tables. What differs at first sight is looked at once more, because rows change while they are read.
 * Confined to one thread, but for {@link #read}.
 */
final class TableComparison {

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

    /**
     * All rows of both, read side by side in the order of their keys.
     *
     * @throws IncomparableException when a key names several rows
     */
    CompareReport.Table all(int samples, boolean hidden) throws InterruptedException {
        Findings findings = new Findings(pair, samples, hidden);
        List<String> suspects = new ArrayList<>();
        Matching.Met met = (key, before, now) -> met(key, before, now, findings, suspects);
        try (RowStream old = new RowStream(older, pair.oldShape(), enough);
                RowStream now = new RowStream(newer, pair.shape(), enough);
                Matching matching = new Matching(pair)) {
            while (!(old.isEnded() && now.isEnded())) {
                if (isOldNext(old, now, matching)) {
                    take(old, pair.oldShape(), (key, row) -> matching.old(key, row, met));
                } else {
                    take(now, pair.shape(), (key, row) -> matching.now(key, row, met));
                }
            }
            requireWhole();
            matching.rest((key, before, after) -> left(key, before, after, findings, suspects));
        }
        suspects.sort(null);
        look(suspects, findings);
        return findings.table();
    }

    /**
     * The side that is behind, as plain text goes. The databases may sort otherwise, so the side ahead is not left waiting for long: it is read
     * on as far as its rows can wait, and then the other's turn comes.
     */
    private static boolean isOldNext(RowStream old, RowStream now, Matching matching) {
        if (old.isEnded() || now.isEnded()) {
            return now.isEnded();
        }
        if (matching.isFullOfOld() != matching.isFullOfNew()) {
            return matching.isFullOfNew();
        }
        return old.last().isEmpty()
                || now.last().isPresent()
                        && old.last().get().compareTo(now.last().get()) <= 0;
    }

    private void take(RowStream rows, TableShape shape, BiConsumer<String, JsonNode> each) throws InterruptedException {
        String before = rows.last().orElse(null);
        for (JsonNode row : rows.take()) {
            read.incrementAndGet();
            String key = shape.id(row);
            requireOne(shape, key, before);
            before = key;
            if (!shape.isDeleted(row)) {
                each.accept(key, row);
            }
        }
    }

    /** Rows come in the order of the key, so those of one key are neighbours. */
    private static void requireOne(TableShape shape, String key, @Nullable String before) {
        if (key.equals(before)) {
            throw new IncomparableException("several rows of " + shape.name() + " have '" + key + "' in "
                    + String.join(", ", shape.layout().keyColumns())
                    + ", so none can be found by it; name columns that tell rows apart with --key");
        }
    }

    private void met(String key, JsonNode before, JsonNode now, Findings findings, List<String> suspects) {
        if (Print.equal(pair, before, now)) {
            findings.same();
        } else if (suspects.size() < SECOND_LOOK) {
            suspects.add(key);
        } else {
            findings.rows(key, Print.of(pair, before, Column::old), Print.of(pair, now, Column::name), before, now);
        }
    }

    private void left(
            String key, @Nullable Print before, @Nullable Print now, Findings findings, List<String> suspects) {
        boolean equal = before != null
                && now != null
                && before.equalTo(now, pair.columns().size());
        if (equal || suspects.size() >= SECOND_LOOK) {
            findings.rows(key, before, now);
        } else {
            suspects.add(key);
        }
    }

    private void requireWhole() {
        if (enough.getAsBoolean()) {
            throw new CommandFailure("the comparison was ended early; nothing was found out");
        }
    }

    /** So many rows of the old table, chosen at random; extra rows are not looked for. */
    CompareReport.Table sample(int rows, int samples, boolean hidden) {
        Findings findings = new Findings(pair, samples, hidden);
        List<String> chosen = new ArrayList<>();
        Random random = new Random();
        long[] seen = {0};
        AtomicReference<@Nullable String> last = new AtomicReference<>();
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
                    String key = keys.id(row);
                    requireOne(keys, key, last.get());
                    last.set(key);
                    if (keys.isDeleted(row)) {
                        return;
                    }
                    seen[0]++;
                    if (chosen.size() < rows) {
                        chosen.add(key);
                    } else {
                        long place = (long) (random.nextDouble() * seen[0]);
                        if (place < rows) {
                            chosen.set((int) place, key);
                        }
                    }
                },
                enough);
        requireWhole();
        chosen.sort(null);
        look(chosen, findings);
        return findings.table();
    }

    private void look(List<String> keys, Findings findings) {
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            requireWhole();
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
        some(reader, shape, List.copyOf(keys), row -> {
            if (!shape.isDeleted(row)) {
                rows.put(shape.id(row), row);
            }
        });
        return rows;
    }

    /** A key that the column's type does not have, such as a word where numbers are, is no row's. */
    private static void some(TableReader reader, TableShape shape, List<String> keys, Consumer<JsonNode> each) {
        try {
            reader.some(shape, keys, each);
        } catch (CommandFailure e) {
            if (!(e.getCause() instanceof AwayException why && TableReader.isFinal(why))) {
                throw e;
            }
            int half = keys.size() / 2;
            if (half > 0) {
                // Those that are right are found beside it.
                some(reader, shape, keys.subList(0, half), each);
                some(reader, shape, keys.subList(half, keys.size()), each);
            }
        }
    }
}
