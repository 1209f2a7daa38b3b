package com.listingsync.sink.consume;

import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowKey;
import com.listingsync.sink.rest.Tables.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;

/**
 * A random log of rows: upserts and deletes of parents and their children, bad rows, records that are no rows, and replays of what went
 * before. Confined to one thread.
 */
final class Sequence {

    static final String TOPIC = "rows";
    static final int PARTITIONS = 3;

    static final TableLayout PARENTS = layout("parents", List.of("id", "city", "deleted_at", "row_version"), 0);
    static final TableLayout CHILDREN =
            layout("children", List.of("id", "city", "parent", "deleted_at", "row_version"), 1);

    /** A record's place in the log. */
    record Place(int partition, long offset) {}

    private record Entry(TableLayout table, String listing, String id, long version, boolean deleted, String city) {
        boolean good() {
            return !city.equals("bad");
        }
    }

    private final Random random;
    private final List<List<ConsumerRecord<byte[], byte[]>>> partitions = new ArrayList<>();
    private final Map<String, Map<String, Entry>> fold =
            new TreeMap<>(Map.of("parents", Map.of(), "children", Map.of()));
    private final List<Entry> history = new ArrayList<>();
    private final Set<Place> bad = new HashSet<>();
    private final Set<Place> unreadable = new HashSet<>();
    private long counted;

    Sequence(long seed) {
        random = new Random(seed);
        fold.replaceAll((name, none) -> new TreeMap<>());
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new ArrayList<>());
        }
        int listings = 1 + random.nextInt(12);
        for (int i = 0; i < listings; i++) {
            append(new Entry(PARENTS, "L" + i, "L" + i, 1, false, "good"));
        }
        int events = 10 + random.nextInt(150);
        for (int i = 0; i < events; i++) {
            event("L" + random.nextInt(listings), i + 2L);
        }
    }

    /** Records of a partition, in order. */
    List<ConsumerRecord<byte[], byte[]>> records(int partition) {
        return partitions.get(partition);
    }

    /** What a table must hold at the end. */
    Map<String, Stored> fold(String table) {
        Map<String, Stored> rows = new TreeMap<>();
        fold.get(table)
                .forEach((id, entry) -> rows.put(id, new Stored(entry.version(), entry.deleted(), entry.city())));
        return rows;
    }

    /** Records that somebody's books wait for. */
    long counted() {
        return counted;
    }

    /** Records that can't be written, for whatever reason. */
    Set<Place> bad() {
        return bad;
    }

    /** Those of them that are no rows at all. */
    Set<Place> unreadable() {
        return unreadable;
    }

    private void event(String listing, long version) {
        boolean child = random.nextBoolean();
        String id = child ? listing + "-" + random.nextInt(4) : listing;
        TableLayout table = child ? CHILDREN : PARENTS;
        switch (random.nextInt(12)) {
            case 0 -> append(new Entry(table, listing, id, version, false, "bad"));
            case 1, 2 -> delete(table, listing, id, version);
            case 3, 4 -> append(history.get(random.nextInt(history.size())));
            case 5 -> appendUnreadable(listing);
            default -> append(new Entry(table, listing, id, version, false, "city " + version));
        }
    }

    /** A delete of a row that is there; it keeps the row's other columns, whatever those are by then. */
    private void delete(TableLayout table, String listing, String id, long version) {
        append(new Entry(table, listing, id, version, true, ""));
    }

    private void append(Entry entry) {
        history.add(entry);
        RowEvent event = new RowEvent(
                entry.table().name(),
                entry.deleted() ? Operation.DELETE : Operation.UPSERT,
                entry.version(),
                Optional.of(new Origin("board", "property", View.IDX, Optional.of("run-" + random.nextInt(2)))));
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        RecordHeaders.write(event, headers);
        byte[] key = new RowKey(entry.listing(), entry.table().name(), entry.id()).bytes();
        Place place = add(entry.listing(), key, json(entry).getBytes(StandardCharsets.UTF_8), headers);
        counted++;
        if (!entry.good()) {
            bad.add(place);
            return;
        }
        fold.get(entry.table().name())
                .merge(entry.id(), entry, (before, now) -> now.version() > before.version() ? now : before);
    }

    private void appendUnreadable(String listing) {
        Place place = add(
                listing,
                (listing + "/parents/" + listing).getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8),
                new org.apache.kafka.common.header.internals.RecordHeaders());
        bad.add(place);
        unreadable.add(place);
    }

    private Place add(String listing, byte[] key, byte[] value, Headers headers) {
        int partition = Math.floorMod(listing.hashCode(), PARTITIONS);
        List<ConsumerRecord<byte[], byte[]>> records = partitions.get(partition);
        records.add(new ConsumerRecord<>(
                TOPIC,
                partition,
                records.size(),
                0,
                TimestampType.CREATE_TIME,
                key.length,
                value.length,
                key,
                value,
                headers,
                Optional.empty()));
        return new Place(partition, records.size() - 1);
    }

    private static String json(Entry entry) {
        String start = "{\"id\":\"" + entry.id() + "\",\"row_version\":" + entry.version();
        if (entry.deleted()) {
            return start + ",\"deleted_at\":\"2026-11-22T00:00:00Z\"" + parent(entry) + "}";
        }
        return start + ",\"city\":\"" + entry.city() + "\",\"deleted_at\":null" + parent(entry) + "}";
    }

    private static String parent(Entry entry) {
        return entry.table() == CHILDREN ? ",\"parent\":\"" + entry.listing() + "\"" : "";
    }

    private static TableLayout layout(String name, List<String> columns, int stage) {
        return new TableLayout(
                name, List.of("id"), columns, Optional.of("row_version"), Optional.of("deleted_at"), stage);
    }
}
