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

    private final TableAccess access;

    public TableReader(TableAccess access) {
        this.access = access;
    }

    /**
     * Hands over every row of a table.
     *
     * @param enough asked between pages; the reading ends early when it says so
     * @throws CommandFailure when Supabase does not answer for some minutes, or refuses
     */
    public void all(TableShape shape, Consumer<JsonNode> each, BooleanSupplier enough) {
        List<String> keys = shape.layout().keyColumns();
        String last = null;
        long offset = 0;
        while (!enough.getAsBoolean()) {
            Map<String, String> query = query(shape);
            query.put("order", keys.stream().map(key -> name(key) + ".asc").collect(Collectors.joining(",")));
            query.put("limit", Integer.toString(PAGE));
            if (keys.size() == 1 && last != null) {
                query.put(keys.get(0), "gt." + last);
            } else if (keys.size() > 1) {
                // Rows that come meanwhile shift the pages; what is missed so is found at the second look.
                query.put("offset", Long.toString(offset));
            }
            List<JsonNode> page = select(shape.name(), query);
            if (page.isEmpty()) {
                return;
            }
            page.forEach(each);
            offset += page.size();
            last = page.get(page.size() - 1).path(keys.get(0)).asText();
        }
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
                if (attempt == ATTEMPTS) {
                    throw new CommandFailure("table " + table + " can't be read: " + e.words(), e);
                }
                rest(e.pause().orElse(pause));
                pause = pause.multipliedBy(2);
            }
        }
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
