package com.listingsync.common.wire;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Link;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.event.View;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of source records, one record after the other, as {@link RecordHeaders#readSource} does. It goes through
 * the headers once, and remembers what it made of the last record's, because records come in long runs of one feed. Confined
 * to one thread.
 */
public final class SourceEventReader {

    private static final int SCHEMA = 0;
    private static final int ENTITY = 1;
    private static final int OPERATION = 2;
    private static final int CONNECTION = 3;
    private static final int FEED = 4;
    private static final int VIEW = 5;
    private static final int RUN = 6;
    private static final int SOURCE_VERSION = 7;
    private static final int CONTENT_HASH = 8;
    private static final int LINK_BY = 9;
    private static final int MOVED_TO = 10;
    private static final int NONE = -1;

    private static final byte[] WRITTEN_SCHEMA = RecordHeaders.SCHEMA_VERSION.getBytes(StandardCharsets.UTF_8);

    private final byte[][] values = new byte[MOVED_TO + 1][];
    private final Last<Entity> entity = new Last<>();
    private final Last<Operation> operation = new Last<>();
    private final Last<String> connection = new Last<>();
    private final Last<String> feed = new Last<>();
    private final Last<View> view = new Last<>();
    private final Last<String> run = new Last<>();

    private @Nullable Origin origin;

    /**
     * The source event in these headers.
     *
     * @throws IllegalArgumentException when a needed header is missing or says nothing we know; the record is a dead letter
     */
    public SourceEvent read(Headers headers) {
        Arrays.fill(values, null);
        for (Header header : headers) {
            int place = place(header.key());
            if (place != NONE) {
                values[place] = header.value();
            }
        }
        if (!Arrays.equals(need(SCHEMA, RecordHeaders.SCHEMA), WRITTEN_SCHEMA)) {
            SchemaVersion.requireReadable(need(SCHEMA, RecordHeaders.SCHEMA));
        }
        Entity what = entity.of(
                need(ENTITY, RecordHeaders.ENTITY),
                text -> Entity.of(text).orElseThrow(() -> unknown(RecordHeaders.ENTITY)));
        Operation how = operation.of(
                need(OPERATION, RecordHeaders.OPERATION),
                text -> Operation.of(text).orElseThrow(() -> unknown(RecordHeaders.OPERATION)));
        long version = number(need(SOURCE_VERSION, RecordHeaders.SOURCE_VERSION));
        String hash = text(CONTENT_HASH).orElse("");
        return what == Entity.SHEET
                ? new SourceEvent(what, how, origin(), version, hash, link(), text(MOVED_TO))
                : new SourceEvent(what, how, origin(), version, hash, Link.LISTING_KEY, Optional.empty());
    }

    private Origin origin() {
        String whose = connection.of(need(CONNECTION, RecordHeaders.CONNECTION), text -> text);
        String which = feed.of(need(FEED, RecordHeaders.FEED), text -> text);
        View licence = view.of(
                need(VIEW, RecordHeaders.VIEW), text -> View.of(text).orElseThrow(() -> unknown(RecordHeaders.VIEW)));
        byte[] by = values[RUN];
        @Nullable String pass = by == null ? null : run.of(by, text -> text);
        Origin last = origin;
        if (last == null
                || last.connection() != whose
                || last.feed() != which
                || last.view() != licence
                || last.run().orElse(null) != pass) {
            last = new Origin(whose, which, licence, Optional.ofNullable(pass));
            origin = last;
        }
        return last;
    }

    private Link link() {
        return text(LINK_BY)
                .map(name -> Link.of(name).orElseThrow(() -> unknown(RecordHeaders.LINK_BY)))
                .orElse(Link.LISTING_KEY);
    }

    private Optional<String> text(int place) {
        byte[] value = values[place];
        return value == null ? Optional.empty() : Optional.of(new String(value, StandardCharsets.UTF_8));
    }

    private byte[] need(int place, String name) {
        byte[] value = values[place];
        if (value == null) {
            throw new IllegalArgumentException("header '" + name + "' is missing");
        }
        return value;
    }

    private static long number(byte[] value) {
        try {
            return Long.parseLong(new String(value, StandardCharsets.UTF_8));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "header '" + RecordHeaders.SOURCE_VERSION + "' should be a whole number", e);
        }
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("header '" + name + "' has a value that is not known");
    }

    private static int place(String name) {
        return switch (name) {
            case RecordHeaders.SCHEMA -> SCHEMA;
            case RecordHeaders.ENTITY -> ENTITY;
            case RecordHeaders.OPERATION -> OPERATION;
            case RecordHeaders.CONNECTION -> CONNECTION;
            case RecordHeaders.FEED -> FEED;
            case RecordHeaders.VIEW -> VIEW;
            case RecordHeaders.RUN -> RUN;
            case RecordHeaders.SOURCE_VERSION -> SOURCE_VERSION;
            case RecordHeaders.CONTENT_HASH -> CONTENT_HASH;
            case RecordHeaders.LINK_BY -> LINK_BY;
            case RecordHeaders.MOVED_TO -> MOVED_TO;
            default -> NONE;
        };
    }

    /** What was last made of a header's bytes. */
    private static final class Last<T> {

        private byte @Nullable [] bytes;
        private @Nullable T made;

        /** The same object again while the bytes stay the same. */
        T of(byte[] value, Function<String, T> make) {
            T now = made;
            if (now == null || !Arrays.equals(bytes, value)) {
                now = make.apply(new String(value, StandardCharsets.UTF_8));
                bytes = value;
                made = now;
            }
            return now;
        }
    }
}
