package com.listingsync.producer.mls;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.listingsync.common.wire.Json;
import com.listingsync.producer.upstream.UpstreamException;
import com.listingsync.producer.upstream.UpstreamException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of an OData answer as a stream: every entry of {@code value} is handed on with its bytes untouched, so
 * that {@code 12.0} stays {@code 12.0}. Memory does not grow with the page.
 *
 * <p>Whatever is not a whole page is an exception, never an end: a body cut short, HTML, an empty body, no {@code value}
 * (facts.md §1: such answers come during outages and do not mean "no rows"). Confined to one thread; one page each.
 */
final class PageParser {

    private final String host;
    private final RecordShape shape;
    private final Entries entries;
    private final @Nullable String[] values = new @Nullable String[RecordShape.SLOTS];
    private int records;
    private boolean valueSeen;
    private @Nullable Long count;
    private @Nullable String nextLink;
    private @Nullable MlsRecord last;
    private @Nullable MlsRecord highest;

    /** Takes the entries of a page one by one. */
    interface Entries {
        void add(MlsRecord record) throws InterruptedException;
    }

    /**
     * @param host named in problems
     */
    PageParser(String host, RecordShape shape, Entries entries) {
        this.host = host;
        this.shape = shape;
        this.entries = entries;
    }

    /**
     * Reads the whole body.
     *
     * @throws IOException when the connection breaks
     * @throws UpstreamException when it is not a whole page
     */
    PageInfo read(InputStream body) throws IOException, InterruptedException {
        return read(body, Long.MAX_VALUE);
    }

    /**
     * Reads the whole body, but no more than {@code most} bytes of it.
     *
     * @throws IOException when the connection breaks
     * @throws UpstreamException when it is not a whole page
     */
    PageInfo read(InputStream body, long most) throws IOException, InterruptedException {
        ByteWindow window = new ByteWindow(body, most);
        try (JsonParser parser = Json.MAPPER.createParser(window)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw broken("an empty body", null);
            }
            if (first != JsonToken.START_OBJECT) {
                throw broken("JSON that is not an object", null);
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                member(parser, window);
            }
            if (parser.nextToken() != null) {
                throw broken("something behind its end", null);
            }
        } catch (ByteWindow.Overflow e) {
            // Asking again would bring the same; a person has to look at the server.
            throw new UpstreamException(Kind.FINAL, host + " answered with " + e.getMessage(), e);
        } catch (JsonEOFException e) {
            throw broken("a body cut short after " + records + " records", e);
        } catch (JsonProcessingException e) {
            throw broken(records == 0 ? "something that is not JSON" : "broken JSON after " + records + " records", e);
        }
        if (!valueSeen) {
            throw broken("JSON without a 'value' list", null);
        }
        return new PageInfo(records, count, nextLink, cursor(last), cursor(highest));
    }

    private void member(JsonParser parser, ByteWindow window) throws IOException, InterruptedException {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        switch (name) {
            case "value" -> {
                if (token != JsonToken.START_ARRAY) {
                    throw broken("a 'value' that is not a list", null);
                }
                valueSeen = true;
                entries(parser, window);
            }
            case "@odata.nextLink", "odata.nextLink" ->
                nextLink = token == JsonToken.VALUE_STRING ? parser.getText() : null;
            case "@odata.count", "odata.count" -> count = token.isScalarValue() ? parser.getValueAsLong() : null;
            case "error" -> throw broken("an error object", null);
            default -> parser.skipChildren();
        }
        window.keepFrom(parser.currentLocation().getByteOffset());
    }

    private void entries(JsonParser parser, ByteWindow window) throws IOException, InterruptedException {
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            long from = parser.currentTokenLocation().getByteOffset();
            if (from < 0) {
                throw broken("a body that is not UTF-8", null);
            }
            window.keepFrom(from);
            boolean object = token == JsonToken.START_OBJECT;
            if (object) {
                fields(parser);
            } else {
                parser.skipChildren();
                parser.finishToken();
            }
            byte[] json = window.slice(from, parser.currentLocation().getByteOffset());
            add(object ? shape.record(json, values) : MlsRecord.notAnObject(json));
            token = parser.nextToken();
        }
    }

    private void fields(JsonParser parser) throws IOException {
        Arrays.fill(values, null);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int slot = shape.slot(parser.currentName());
            JsonToken token = parser.nextToken();
            if (slot >= 0 && token.isScalarValue()) {
                values[slot] = token == JsonToken.VALUE_NULL ? null : parser.getText();
            } else {
                parser.skipChildren();
            }
        }
    }

    private void add(MlsRecord record) throws InterruptedException {
        records++;
        if (record.placed()) {
            last = record;
            if (highest == null || !record.isBefore(highest)) {
                highest = record;
            }
        }
        entries.add(record);
    }

    private static @Nullable Cursor cursor(@Nullable MlsRecord record) {
        return record == null ? null : record.cursor();
    }

    /** The cause is left out of logs on purpose: a parser's message may quote the payload. */
    private UpstreamException broken(String what, @Nullable Exception cause) {
        return new UpstreamException(Kind.PASSING, host + " answered with " + what, cause);
    }
}
