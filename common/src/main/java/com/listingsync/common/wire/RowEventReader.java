package com.listingsync.common.wire;

import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.RowEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads the row events of one record after the other: just what {@link RecordHeaders#readRow} reads, in one pass over the headers,
 * and with what neighbours have in common decoded once. Equal neighbouring tables and origins are the same objects. Confined to
 * one thread.
 */
public final class RowEventReader {

    private static final byte[] SCHEMA_VERSION = ascii(RecordHeaders.SCHEMA_VERSION);
    private static final byte[] UPSERT = ascii(Operation.UPSERT.wireName());
    private static final byte[] DELETE = ascii(Operation.DELETE.wireName());

    /** A number of more digits may be too large for a long. */
    private static final int SURE_DIGITS = 18;

    private byte[] lastTable = {};
    private String table = "";
    private @Nullable OriginBytes lastOrigin;
    private Optional<Origin> origin = Optional.empty();

    /**
     * The row event in these headers.
     *
     * @throws IllegalArgumentException when a needed header is missing or says nothing we know; the record is a dead letter
     */
    public RowEvent read(Headers headers) {
        Found found = new Found();
        for (Header header : headers) {
            found.take(header.key(), header.value());
        }
        Operation operation = operation(found.operation);
        long version = number(found.rowVersion);
        if (!Arrays.equals(found.schema, SCHEMA_VERSION) || found.table == null || operation == null || version < 0) {
            // Either it can't be read, and the exception says why, or it is a number unlike ours.
            return RecordHeaders.readRow(headers);
        }
        return new RowEvent(table(found.table), operation, version, origin(found.origin, headers));
    }

    private String table(byte[] bytes) {
        if (!Arrays.equals(bytes, lastTable)) {
            table = new String(bytes, StandardCharsets.UTF_8);
            lastTable = bytes;
        }
        return table;
    }

    private Optional<Origin> origin(OriginBytes bytes, Headers headers) {
        if (bytes.connection == null) {
            return Optional.empty();
        }
        if (lastOrigin == null || !bytes.same(lastOrigin)) {
            origin = RecordHeaders.readOrigin(headers);
            lastOrigin = bytes;
        }
        return origin;
    }

    private static @Nullable Operation operation(byte @Nullable [] bytes) {
        if (Arrays.equals(bytes, UPSERT)) {
            return Operation.UPSERT;
        }
        return Arrays.equals(bytes, DELETE) ? Operation.DELETE : null;
    }

    /** A number without sign; -1 for anything else. */
    private static long number(byte @Nullable [] digits) {
        if (digits == null || digits.length == 0 || digits.length > SURE_DIGITS) {
            return -1;
        }
        long number = 0;
        for (byte digit : digits) {
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + (digit - '0');
        }
        return number;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The last value of each header that is read; null for one that is missing. */
    private static final class Found {
        private final OriginBytes origin = new OriginBytes();
        private byte @Nullable [] schema;
        private byte @Nullable [] table;
        private byte @Nullable [] operation;
        private byte @Nullable [] rowVersion;

        void take(String name, byte @Nullable [] value) {
            switch (name) {
                case RecordHeaders.SCHEMA -> schema = value;
                case RecordHeaders.TABLE -> table = value;
                case RecordHeaders.OPERATION -> operation = value;
                case RecordHeaders.ROW_VERSION -> rowVersion = value;
                case RecordHeaders.CONNECTION -> origin.connection = value;
                case RecordHeaders.FEED -> origin.feed = value;
                case RecordHeaders.VIEW -> origin.view = value;
                case RecordHeaders.RUN -> origin.run = value;
                default -> {
                    // Not ours, or not a row's.
                }
            }
        }
    }

    private static final class OriginBytes {
        private byte @Nullable [] connection;
        private byte @Nullable [] feed;
        private byte @Nullable [] view;
        private byte @Nullable [] run;

        boolean same(OriginBytes other) {
            return Arrays.equals(run, other.run)
                    && Arrays.equals(feed, other.feed)
                    && Arrays.equals(connection, other.connection)
                    && Arrays.equals(view, other.view);
        }
    }
}
