package com.listingsync.console.up;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of one protobuf message, read without its schema (protobuf.dev, "Encoding"): numbers as {@link Long}, all else as
 * bytes.
 */
record ProtoFields(List<Field> fields) {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    record Field(int number, Object value) {}

    static ProtoFields of(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        List<Field> fields = new ArrayList<>();
        while (in.hasRemaining()) {
            long tag = varint(in);
            Object value = switch ((int) (tag & 7)) {
                case VARINT -> varint(in);
                case FIXED64 -> in.getLong();
                case FIXED32 -> (long) in.getInt();
                case BYTES -> bytes(in);
                default -> throw new IllegalArgumentException("no protobuf: wire type " + (tag & 7));
            };
            fields.add(new Field((int) (tag >>> 3), value));
        }
        return new ProtoFields(fields);
    }

    List<byte[]> all(int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .map(field -> (byte[]) field.value())
                .toList();
    }

    List<ProtoFields> messages(int number) {
        return all(number).stream().map(ProtoFields::of).toList();
    }

    byte[] bytes(int number) {
        return all(number).stream().findFirst().orElse(new byte[0]);
    }

    String text(int number) {
        return new String(bytes(number), StandardCharsets.UTF_8);
    }

    long number(int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .mapToLong(field -> (Long) field.value())
                .findFirst()
                .orElse(0);
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[Math.toIntExact(varint(in))];
        in.get(bytes);
        return bytes;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
