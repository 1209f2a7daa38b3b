package com.listingsync.processor.map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.listingsync.common.mapping.ColumnType;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Writes a value as its column's type. Nothing is written before it is known that the value fits, so that a refused one can
 * still become null.
 */
enum Typing {
    TEXT {
        @Override
        void write(FieldValue value, JsonGenerator out) throws IOException {
            out.writeString(Texts.one(value));
        }
    },
    INTEGER {
        @Override
        void write(FieldValue value, JsonGenerator out) throws IOException, RefusedValueException {
            out.writeNumber(Numbers.integer(value));
        }
    },
    DECIMAL {
        @Override
        void write(FieldValue value, JsonGenerator out) throws IOException, RefusedValueException {
            out.writeNumber(Numbers.decimal(value));
        }
    },
    BOOLEAN {
        @Override
        void write(FieldValue value, JsonGenerator out) throws IOException, RefusedValueException {
            out.writeBoolean(truth(value));
        }
    },
    DATE {
        @Override
        void write(FieldValue value, JsonGenerator out) throws IOException, RefusedValueException {
            out.writeString(Moments.day(value));
        }
    },
    TIMESTAMP {
        @Override
        void write(FieldValue value, JsonGenerator out) throws IOException, RefusedValueException {
            out.writeString(Moments.moment(value));
        }
    },
    JSON {
        @Override
        void write(FieldValue value, JsonGenerator out) throws IOException {
            switch (value.kind()) {
                case ARRAY, OBJECT -> writeStructure(value, out);
                case NUMBER -> out.writeNumber(value.text());
                case BOOLEAN -> out.writeBoolean(value.text().equals("true"));
                default -> out.writeString(CleanText.of(value.text()));
            }
        }
    },
    TEXT_ARRAY {
        @Override
        void write(FieldValue value, JsonGenerator out) throws IOException {
            List<String> texts = Texts.many(value);
            out.writeStartArray();
            for (String text : texts) {
                out.writeString(text);
            }
            out.writeEndArray();
        }
    };

    /** Writes a value that is not null. */
    abstract void write(FieldValue value, JsonGenerator out) throws IOException, RefusedValueException;

    /** Whether a value says nothing in a column of this type: a blank string is empty text, and no number or day at all. */
    boolean absent(FieldValue value) {
        return this == TEXT || this == JSON ? value.isNull() : value.isBlank();
    }

    static Typing of(ColumnType type) {
        return valueOf(type.name());
    }

    private static boolean truth(FieldValue value) throws RefusedValueException {
        String text = value.isArray() || value.kind() == FieldValue.Kind.OBJECT
                ? ""
                : value.text().strip().toLowerCase(Locale.ROOT);
        return switch (text) {
            case "true", "t", "yes", "y", "1" -> true;
            case "false", "f", "no", "n", "0" -> false;
            default -> throw new RefusedValueException("true or false");
        };
    }

    private static void writeStructure(FieldValue value, JsonGenerator out) throws IOException {
        if (CleanText.suspect(value.source(), value.from(), value.to())) {
            Texts.copy(value, out);
        } else {
            out.writeRawValue(new RawJson(value));
        }
    }
}
