package com.listingsync.processor.map;

import com.fasterxml.jackson.core.SerializableString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A part of a record's bytes that a generator copies as they are, neither decoded nor encoded again.
 *
 * @param value an array or object
 */
record RawJson(FieldValue value) implements SerializableString {

    @Override
    public String getValue() {
        return new String(value.source(), value.from(), length(), StandardCharsets.UTF_8);
    }

    @Override
    public int charLength() {
        return getValue().length();
    }

    @Override
    public char[] asQuotedChars() {
        return getValue().toCharArray();
    }

    @Override
    public byte[] asUnquotedUTF8() {
        return java.util.Arrays.copyOfRange(value.source(), value.from(), value.to());
    }

    @Override
    public byte[] asQuotedUTF8() {
        return asUnquotedUTF8();
    }

    @Override
    public int appendUnquotedUTF8(byte[] buffer, int offset) {
        if (length() > buffer.length - offset) {
            return -1;
        }
        System.arraycopy(value.source(), value.from(), buffer, offset, length());
        return length();
    }

    @Override
    public int appendQuotedUTF8(byte[] buffer, int offset) {
        return appendUnquotedUTF8(buffer, offset);
    }

    @Override
    public int appendUnquoted(char[] buffer, int offset) {
        return append(buffer, offset);
    }

    @Override
    public int appendQuoted(char[] buffer, int offset) {
        return append(buffer, offset);
    }

    @Override
    public int writeUnquotedUTF8(OutputStream out) throws IOException {
        out.write(value.source(), value.from(), length());
        return length();
    }

    @Override
    public int writeQuotedUTF8(OutputStream out) throws IOException {
        return writeUnquotedUTF8(out);
    }

    @Override
    public int putUnquotedUTF8(ByteBuffer buffer) {
        if (length() > buffer.remaining()) {
            return -1;
        }
        buffer.put(value.source(), value.from(), length());
        return length();
    }

    @Override
    public int putQuotedUTF8(ByteBuffer buffer) {
        return putUnquotedUTF8(buffer);
    }

    private int append(char[] buffer, int offset) {
        String text = getValue();
        if (text.length() > buffer.length - offset) {
            return -1;
        }
        text.getChars(0, text.length(), buffer, offset);
        return text.length();
    }

    private int length() {
        return value.to() - value.from();
    }
}
