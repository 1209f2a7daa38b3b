package com.listingsync.processor.map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The needed fields of one record, read in one pass over its bytes. Immutable after {@link #read}. */
public final class RecordFields {

    private final byte[] source;
    private final @Nullable FieldValue[] values;

    private RecordFields(byte[] source, int size) {
        this.source = source;
        this.values = new @Nullable FieldValue[size];
    }

    /**
     * The fields of a record; when a name stands twice in it, the last counts.
     *
     * @throws UnreadableRecordException when the bytes are not one JSON object
     */
    static RecordFields read(byte[] source, FieldIndex index) throws UnreadableRecordException {
        RecordFields fields = new RecordFields(source, index.size());
        try (JsonParser parser = Json.MAPPER.getFactory().createParser(source)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableRecordException("a record is one JSON object; this is something else");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                Integer slot = index.find(name);
                if (slot == null) {
                    parser.skipChildren();
                } else {
                    fields.values[slot] = value(parser, token, source);
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new UnreadableRecordException("a record is one JSON object; something follows this one");
            }
            return fields;
        } catch (IOException e) {
            // Nothing of the record is used. The parser's message quotes the payload, so only the place is passed on.
            throw new UnreadableRecordException("the record is not valid JSON" + place(e));
        }
    }

    /** The value in a slot; {@link FieldValue#NULL} when the record has no such field. */
    FieldValue get(int slot) {
        FieldValue value = values[slot];
        return value == null ? FieldValue.NULL : value;
    }

    /** The first value that is not null; {@link FieldValue#NULL} when all are. */
    FieldValue firstOf(int[] slots) {
        for (int slot : slots) {
            FieldValue value = get(slot);
            if (!value.isNull()) {
                return value;
            }
        }
        return FieldValue.NULL;
    }

    /** The whole record. */
    FieldValue whole() {
        return new FieldValue(FieldValue.Kind.OBJECT, "", source, 0, source.length);
    }

    private static FieldValue value(JsonParser parser, JsonToken token, byte[] source) throws IOException {
        switch (token) {
            case VALUE_STRING:
                return FieldValue.string(parser.getText());
            case VALUE_NUMBER_INT:
            case VALUE_NUMBER_FLOAT:
                return FieldValue.scalar(FieldValue.Kind.NUMBER, parser.getText());
            case VALUE_TRUE:
            case VALUE_FALSE:
                return FieldValue.scalar(FieldValue.Kind.BOOLEAN, parser.getText());
            case START_ARRAY:
            case START_OBJECT:
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                int to = (int) parser.currentLocation().getByteOffset();
                FieldValue.Kind kind = token == JsonToken.START_ARRAY ? FieldValue.Kind.ARRAY : FieldValue.Kind.OBJECT;
                return new FieldValue(kind, "", source, from, to);
            default:
                return FieldValue.NULL;
        }
    }

    private static String place(IOException e) {
        return e instanceof com.fasterxml.jackson.core.JacksonException jackson && jackson.getLocation() != null
                ? " at byte " + jackson.getLocation().getByteOffset()
                : "";
    }
}
