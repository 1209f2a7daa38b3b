package com.listingsync.processor.map;

/**
 * One field's value as it stands in its record.
 *
 * @param kind what it is
 * @param text a string's characters, a number's digits as written, {@code true} or {@code false}; empty for the others
 * @param source the record's bytes
 * @param from where an array's or object's JSON begins in {@code source}
 * @param to where it ends, exclusive
 */
record FieldValue(Kind kind, String text, byte[] source, int from, int to) {

    private static final byte[] NO_BYTES = {};

    /** A JSON value's kind. */
    enum Kind {
        NULL,
        STRING,
        NUMBER,
        BOOLEAN,
        ARRAY,
        OBJECT
    }

    static final FieldValue NULL = new FieldValue(Kind.NULL, "", NO_BYTES, 0, 0);

    static FieldValue string(String text) {
        return new FieldValue(Kind.STRING, text, NO_BYTES, 0, 0);
    }

    static FieldValue scalar(Kind kind, String text) {
        return new FieldValue(kind, text, NO_BYTES, 0, 0);
    }

    boolean isNull() {
        return kind == Kind.NULL;
    }

    boolean isArray() {
        return kind == Kind.ARRAY;
    }

    /** Whether it says nothing: null, or a string of blanks, which is how feeds and sheets write an empty cell. */
    boolean isBlank() {
        return kind == Kind.NULL || kind == Kind.STRING && text.isBlank();
    }
}
