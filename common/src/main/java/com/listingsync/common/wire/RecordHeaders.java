package com.listingsync.common.wire;

import com.listingsync.common.event.Link;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.event.View;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The headers of our records: their names, and how {@link SourceEvent} and {@link RowEvent} are written into and read out
 * of them. All values are ASCII or UTF-8 text, so any Kafka tool shows them. Unknown headers are left alone.
 *
 * <p>Evolution: a new header is optional for one release; the meaning of one never changes, it gets a new name. {@link
 * #SCHEMA} names the version of the whole set; {@link SchemaVersion} says which are read.
 */
public final class RecordHeaders {

    public static final String ENTITY = "entity";
    public static final String OPERATION = "operation";
    public static final String CONNECTION = "connection";
    public static final String FEED = "feed";
    public static final String VIEW = "view";
    public static final String RUN = "run";
    public static final String SOURCE_VERSION = "source-version";
    public static final String CONTENT_HASH = "content-hash";

    /** Only on sheet rows, and only when their key names a listing by something else than its ListingKey. */
    public static final String LINK_BY = "link-by";

    /** Only on deletes of sheet rows, and only of those that stand under another key now: that key. */
    public static final String MOVED_TO = "moved-to";

    public static final String TABLE = "table";
    public static final String ROW_VERSION = "row-version";
    public static final String SCHEMA = "schema";

    /** The version of this set of headers that is written. */
    public static final String SCHEMA_VERSION = Integer.toString(SchemaVersion.WRITTEN);

    private RecordHeaders() {}

    /** Adds what {@code event} says to {@code headers}. */
    public static void write(SourceEvent event, Headers headers) {
        put(headers, SCHEMA, SCHEMA_VERSION);
        put(headers, ENTITY, event.entity().wireName());
        put(headers, OPERATION, event.operation().wireName());
        write(event.origin(), headers);
        put(headers, SOURCE_VERSION, Long.toString(event.sourceVersion()));
        if (!event.contentHash().isEmpty()) {
            put(headers, CONTENT_HASH, event.contentHash());
        }
        if (event.link() != Link.LISTING_KEY) {
            put(headers, LINK_BY, event.link().wireName());
        }
        event.movedTo().ifPresent(key -> put(headers, MOVED_TO, key));
    }

    /** Adds what {@code event} says to {@code headers}. */
    public static void write(RowEvent event, Headers headers) {
        put(headers, SCHEMA, SCHEMA_VERSION);
        put(headers, TABLE, event.table());
        put(headers, OPERATION, event.operation().wireName());
        put(headers, ROW_VERSION, Long.toString(event.rowVersion()));
        event.origin().ifPresent(origin -> write(origin, headers));
    }

    /**
     * The source event in these headers.
     *
     * @throws IllegalArgumentException when a needed header is missing or says nothing we know; the record is a dead
     *     letter
     */
    public static SourceEvent readSource(Headers headers) {
        return new SourceEventReader().read(headers);
    }

    /**
     * The row event in these headers.
     *
     * @throws IllegalArgumentException when a needed header is missing or says nothing we know; the record is a dead
     *     letter
     */
    public static RowEvent readRow(Headers headers) {
        requireKnownSchema(headers);
        return new RowEvent(
                need(headers, TABLE), operation(headers), number(headers, ROW_VERSION), readOrigin(headers));
    }

    /** The origin in these headers; empty when they name no connection. */
    public static Optional<Origin> readOrigin(Headers headers) {
        return text(headers, CONNECTION)
                .map(connection -> new Origin(
                        connection,
                        need(headers, FEED),
                        View.of(need(headers, VIEW)).orElseThrow(() -> unknown(VIEW)),
                        text(headers, RUN)));
    }

    /** The last header of this name as UTF-8 text; empty when there is none or its value is null. */
    public static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    /** Adds a header with a UTF-8 value. */
    public static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Origin origin, Headers headers) {
        put(headers, CONNECTION, origin.connection());
        put(headers, FEED, origin.feed());
        put(headers, VIEW, origin.view().wireName());
        origin.run().ifPresent(run -> put(headers, RUN, run));
    }

    private static void requireKnownSchema(Headers headers) {
        SchemaVersion.requireReadable(need(headers, SCHEMA).getBytes(StandardCharsets.UTF_8));
    }

    private static Operation operation(Headers headers) {
        return Operation.of(need(headers, OPERATION)).orElseThrow(() -> unknown(OPERATION));
    }

    private static long number(Headers headers, String name) {
        String value = need(headers, name);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("header '" + name + "' should be a whole number", e);
        }
    }

    private static String need(Headers headers, String name) {
        return text(headers, name).orElseThrow(() -> missing(name));
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("header '" + name + "' is missing");
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("header '" + name + "' has a value that is not known");
    }
}
