package com.listingsync.sink.batch;

import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.run.FeedName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rows for tests, each with only what matters set. */
public final class Rows {

    public static final TableLayout PARENTS = layout("parents", 0);
    public static final TableLayout CHILDREN = layout("children", 1);
    public static final Account ACCOUNT = new Account("run-1", new FeedName("board", "property"));
    public static final Account OTHER_ACCOUNT = new Account("run-2", new FeedName("board", "property"));

    private Rows() {}

    public static TableLayout layout(String name, int stage) {
        return new TableLayout(
                name,
                List.of("id"),
                List.of("id", "city", "deleted_at", "row_version"),
                Optional.of("row_version"),
                Optional.of("deleted_at"),
                stage);
    }

    public static Row parent(int place, String id, long version) {
        return row(place, PARENTS, RowAction.UPSERT, id, version);
    }

    public static Row row(int place, TableLayout table, RowAction action, String id, long version) {
        byte[] json = action == RowAction.PURGE ? new byte[0] : json(id);
        return new Row(place, table, action, id, id, version, json, Optional.of(ACCOUNT));
    }

    public static Row countedFor(Row row, Optional<Account> account) {
        return new Row(
                row.place(), row.table(), row.action(), row.listing(), row.id(), row.version(), row.json(), account);
    }

    /** Rows {@code r000}, {@code r001} and so on. */
    public static List<Row> parents(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> parent(i, String.format("r%05d", i), 1))
                .toList();
    }

    public static Batch batch(int count) {
        return new Batch(PARENTS, RowAction.UPSERT, parents(count));
    }

    private static byte[] json(String id) {
        return ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
