package com.listingsync.console.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.sink.deliver.TableAccess;
import com.listingsync.sink.deliver.TableAccess.AwayException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads tables over Supabase REST: whole ones page by page along their key, or rows by key. Thread-safe; a call blocks its thread. */
public final class TableReader {

    /** What a hosted project gives at most (db-max-rows); a page may be shorter, so only an empty one is the end. */
    private static final int PAGE = 1_000;

    /** Keys travel in the address, and servers take addresses up to about 8 KiB. */
    static final int KEYS_AT_ONCE = 50;

    private static final int ATTEMPTS = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Class 22 of PostgreSQL's codes: data exception. */
    private static final Pattern WRONG_VALUE = Pattern.compile("22[0-9A-Z]{3}");

    private final TableAccess access;

    public TableReader(TableAccess access) {
        this.access = access;
    }

    /**
     * Hands over every row of a table, in the order of its key.
     *
     * @param enough asked between pages; the reading ends early when it says so
     * @throws CommandFailure when Supabase does not answer for some minutes, or refuses
     */
    public void all(TableShape shape, Consumer<JsonNode> each, BooleanSupplier enough) {
        pages(shape, page -> page.forEach(each), enough);
    }

    /** As {@link #all}, page by page; none is empty. */
    public void pages(TableShape shape, Consumer<List<JsonNode>> each, BooleanSupplier enough) {
        List<String> keys = shape.layout().keyColumns();
        String last = null;
        long under = 0;
        while (!enough.getAsBoolean()) {
            Map<String, String> query = query(shape);
            query.put("order", keys.stream().map(key -> name(key) + ".asc").collect(Collectors.joining(",")));
            query.put("limit", Integer.toString(PAGE));
            if (last != null) {
                // From the first column's last value on, past the rows under it that are known: few are skipped however
                // long the table, and of a key that stands there twice the second row is not passed over.
                query.put(keys.get(0), "gte." + last);
            }
            if (last != null && keys.size() > 1) {
                query.put("offset", Long.toString(under));
            }
            List<JsonNode> found = select(shape.name(), query);
            List<JsonNode> page = last != null && keys.size() == 1 ? beyond(found, keys.get(0), last, under) : found;
            if (page.isEmpty()) {
                return;
            }
            String before = last;
            last = page.get(page.size() - 1).path(keys.get(0)).asText();
            under = (last.equals(before) ? under : 0) + count(page, keys.get(0), last);
            each.accept(page);
        }
    }

    /** The rows without the first so many of this key; none of those that are left was seen before, even if one was deleted since. */
    private static List<JsonNode> beyond(List<JsonNode> page, String column, String key, long known) {
        int from = (int) Math.min(known, count(page, column, key));
        return page.subList(from, page.size());
    }

    private static long count(List<JsonNode> page, String column, String value) {
        return page.stream()
                .filter(row -> row.path(column).asText().equals(value))
                .count();
    }

    /** Hands over the rows with these ids that there are. */
    public void some(TableShape shape, Collection<String> ids, Consumer<JsonNode> each) {
        List<String> keys = shape.layout().keyColumns();
        if (keys.size() == 1) {
            List<String> all = List.copyOf(ids);
            for (int from = 0; from < all.size(); from += KEYS_AT_ONCE) {
                Map<String, String> query = query(shape);
                query.put(
                        keys.get(0),
                        all.subList(from, Math.min(all.size(), from + KEYS_AT_ONCE)).stream()
                                .map(TableReader::quoted)
                                .collect(Collectors.joining(",", "in.(", ")")));
                select(shape.name(), query).forEach(each);
            }
            return;
        }
        for (String id : ids) {
            List<String> parts = com.listingsync.common.wire.KeyText.split(id);
            Map<String, String> query = query(shape);
            for (int i = 0; i < keys.size(); i++) {
                query.put(keys.get(i), "eq." + parts.get(i));
            }
            select(shape.name(), query).forEach(each);
        }
    }

    private static Map<String, String> query(TableShape shape) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put(
                "select",
                shape.layout().columns().stream().map(TableReader::name).collect(Collectors.joining(",")));
        return query;
    }

    private List<JsonNode> select(String table, Map<String, String> query) {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return access.select(table, query);
            } catch (AwayException e) {
                // Reading again changes nothing. What lasts is told to the person who asked.
                if (attempt == ATTEMPTS || isFinal(e)) {
                    throw new CommandFailure("table " + table + " can't be read: " + e.words(), e);
                }
                rest(e.pause().orElse(pause));
                pause = pause.multipliedBy(2);
            }
        }
    }

    /** Whether a value was asked for that the column's type does not have: asked again, the answer is the same. */
    public static boolean isFinal(AwayException e) {
        return WRONG_VALUE.matcher(e.cause()).matches();
    }

    private static void rest(Duration pause) {
        try {
            if (new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts this latch down");
            }
        } catch (InterruptedException e) {
            // Whoever asked has had enough.
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while Supabase was away", e);
        }
    }

    private static String name(String column) {
        return PLAIN.matcher(column).matches() ? column : quoted(column);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
