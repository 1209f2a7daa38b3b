package com.listingsync.processor.map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** Reads a value as text, or as a list of texts, whatever its kind: a field can be a string in one row, an array in the next. */
final class Texts {

    private static final String BETWEEN_ELEMENTS = ", ";

    private Texts() {}

    /** One text: an array's elements joined by {@code ", "}, an object's JSON. */
    static String one(FieldValue value) throws IOException {
        switch (value.kind()) {
            case ARRAY:
                return String.join(BETWEEN_ELEMENTS, many(value));
            case OBJECT:
                try (JsonParser parser = parser(value)) {
                    parser.nextToken();
                    return json(parser);
                }
            default:
                return CleanText.of(value.text());
        }
    }

    /** A text for each element that is not null; one for a value that is no array; none for null and blank. */
    static List<String> many(FieldValue value) throws IOException {
        if (value.isBlank()) {
            return List.of();
        }
        if (!value.isArray()) {
            return List.of(one(value));
        }
        List<String> texts = new ArrayList<>();
        try (JsonParser parser = parser(value)) {
            parser.nextToken();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    texts.add(json(parser));
                } else if (token != JsonToken.VALUE_NULL) {
                    texts.add(CleanText.of(parser.getText()));
                }
            }
        }
        return texts;
    }

    /** Writes the value's own JSON, cleaned, with every number as it stands. */
    static void copy(FieldValue value, JsonGenerator out) throws IOException {
        try (JsonParser parser = parser(value)) {
            parser.nextToken();
            copy(parser, out);
        }
    }

    private static JsonParser parser(FieldValue value) throws IOException {
        return Json.MAPPER.getFactory().createParser(value.source(), value.from(), value.to() - value.from());
    }

    private static String json(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Json.MAPPER.getFactory().createGenerator(text)) {
            copy(parser, out);
        }
        return text.toString();
    }

    /** Copies the value the parser stands on and leaves it on the value's last token. */
    private static void copy(JsonParser parser, JsonGenerator out) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            switch (token) {
                case FIELD_NAME -> out.writeFieldName(CleanText.of(parser.currentName()));
                case VALUE_STRING -> out.writeString(CleanText.of(parser.getText()));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(parser.getText());
                default -> out.copyCurrentEvent(parser);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0 && parser.nextToken() != null);
    }
}
