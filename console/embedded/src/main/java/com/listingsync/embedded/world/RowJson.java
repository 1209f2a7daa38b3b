package com.listingsync.embedded.world;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a row is written as JSON: null where there is no value, timestamps with a {@code Z}. */
public final class RowJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RowJson() {}

    /** The row as a parser of its JSON has it. */
    static ObjectNode tree(Row row, List<Field> fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            write(json, row, fields);
            json.flush();
            return (ObjectNode) JSON.readTree(bytes.toByteArray());
        } catch (IOException e) {
            // Can't happen in memory; whoever asked sees it.
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the row as one JSON object with the given fields, timestamps in whole seconds. */
    public static void write(JsonGenerator json, Row row, List<Field> fields) throws IOException {
        write(json, row, fields, ChronoUnit.SECONDS);
    }

    /** Writes the row as one JSON object with the given fields, timestamps cut off to seconds, milliseconds or microseconds. */
    public static void write(JsonGenerator json, Row row, List<Field> fields, ChronoUnit printed) throws IOException {
        json.writeStartObject();
        for (Field field : fields) {
            json.writeFieldName(field.jsonName());
            writeValue(json, field, field.valueOf(row), printed);
        }
        json.writeEndObject();
    }

    private static void writeValue(JsonGenerator json, Field field, @Nullable Object value, ChronoUnit printed)
            throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Long number) {
            writeLong(json, field, number, printed);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof List<?> items) {
            json.writeStartArray();
            for (Object item : items) {
                json.writeString((String) item);
            }
            json.writeEndArray();
        } else {
            json.writeString(value.toString());
        }
    }

    private static void writeLong(JsonGenerator json, Field field, long number, ChronoUnit printed) throws IOException {
        if (field.shape().type() == Field.Type.TIMESTAMP) {
            char[] text = Timestamps.format(number, printed);
            json.writeString(text, 0, text.length);
        } else {
            json.writeNumber(number);
        }
    }
}
