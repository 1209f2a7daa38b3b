package com.listingsync.sink.consume;

import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowEventReader;
import com.listingsync.common.wire.RowKey;
import com.listingsync.sink.batch.Account;
import com.listingsync.sink.batch.Row;
import com.listingsync.sink.batch.RowAction;
import com.listingsync.sink.consume.Reading.LeftOut;
import com.listingsync.sink.consume.Reading.Understood;
import com.listingsync.sink.consume.Reading.Unreadable;
import com.listingsync.sink.cutover.Share;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads records of the rows topic by key and headers; a value is never parsed. Equal neighbouring accounts are the same object.
 * Confined to the loop's thread.
 */
final class RowReader {

    /** The record is not a row of ours. */
    static final String UNREADABLE = "unreadable";

    /** The record is a row for a table that the mapping does not have. */
    static final String UNKNOWN_TABLE = "unknown-table";

    private final Map<String, TableLayout> layouts = new HashMap<>();
    private final RowEventReader events = new RowEventReader();
    private final Accounts accounts;
    private final Share share;
    private String lastTable = "";
    private Optional<Origin> lastOrigin = Optional.empty();
    private Optional<Account> lastAccount = Optional.empty();

    RowReader(Collection<TableLayout> layouts) {
        this(layouts, Accounts.ofRuns(), Share.ALL);
    }

    /**
     * @param accounts says in whose books rows are counted
     * @param share the listings whose rows are sent
     */
    RowReader(Collection<TableLayout> layouts, Accounts accounts, Share share) {
        this.accounts = accounts;
        this.share = share;
        layouts.forEach(layout -> this.layouts.put(layout.name(), layout));
    }

    Reading read(ConsumerRecord<byte[], byte[]> row, int place) {
        try {
            return reading(row, place);
        } catch (IllegalArgumentException e) {
            // Not lost: it becomes a dead letter as it is, with this sentence.
            return new Unreadable(place, UNREADABLE, String.valueOf(e.getMessage()), account(row));
        }
    }

    private Reading reading(ConsumerRecord<byte[], byte[]> row, int place) {
        if (row.key() == null) {
            throw new IllegalArgumentException("a row needs a key; found none");
        }
        RowKey key = RowKey.of(row.key());
        if (!share.takes(key)) {
            return new LeftOut(key.table(), accountOf(key.table(), origin(row)));
        }
        TableLayout layout = layouts.get(key.table());
        if (layout == null) {
            return new Unreadable(
                    place,
                    UNKNOWN_TABLE,
                    "the sink's mapping (SYNC_MAPPING) has no table '" + key.table()
                            + "'; give sink and processor the same one",
                    account(row));
        }
        if (row.value() == null) {
            return purge(row, place, key, layout);
        }
        RowEvent event = events.read(row.headers());
        if (!event.table().equals(key.table())) {
            throw new IllegalArgumentException("key and header '" + RecordHeaders.TABLE + "' name different tables");
        }
        requireObject(row.value());
        return new Understood(new Row(
                place,
                layout,
                event.operation() == Operation.DELETE ? RowAction.MARK_DELETED : RowAction.UPSERT,
                key.listing(),
                key.id(),
                event.rowVersion(),
                row.value(),
                accountOf(event.table(), event.origin())));
    }

    /** A record without a value needs no headers: whoever purges by hand, with any Kafka tool, has only the key. */
    private Reading purge(ConsumerRecord<byte[], byte[]> row, int place, RowKey key, TableLayout layout) {
        if (layout.keyColumns().size() != 1) {
            throw new IllegalArgumentException(
                    "a purge needs a table with one key column; " + layout.name() + " has several");
        }
        return new Understood(new Row(
                place,
                layout,
                RowAction.PURGE,
                key.listing(),
                key.id(),
                0,
                new byte[0],
                accounts.of(key.table(), origin(row))));
    }

    /** The braces are looked at, because a body is put together unparsed: anything else would spoil its neighbours. */
    private static void requireObject(byte[] json) {
        if (json.length < 2 || json[0] != '{' || json[json.length - 1] != '}') {
            throw new IllegalArgumentException("a row's value is a JSON object without space around it");
        }
    }

    private Optional<Account> account(ConsumerRecord<byte[], byte[]> row) {
        return accounts.of("", origin(row));
    }

    private static Optional<Origin> origin(ConsumerRecord<byte[], byte[]> row) {
        try {
            return RecordHeaders.readOrigin(row.headers());
        } catch (IllegalArgumentException e) {
            // Nobody's books can be told from these headers: the dead letter is all there is to it.
            return Optional.empty();
        }
    }

    private Optional<Account> accountOf(String table, Optional<Origin> origin) {
        if (!origin.equals(lastOrigin) || !table.equals(lastTable)) {
            lastTable = table;
            lastOrigin = origin;
            lastAccount = accounts.of(table, origin);
        }
        return lastAccount;
    }
}
