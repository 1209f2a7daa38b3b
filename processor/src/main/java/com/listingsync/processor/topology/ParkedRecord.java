package com.listingsync.processor.topology;

import com.listingsync.common.deadletter.DeadLetter.Position;
import com.listingsync.common.wire.RecordHeaders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The stored form of a whole record that waits: key, payload, all headers, time and place. */
final class ParkedRecord {

    private static final byte FORM = 1;

    private ParkedRecord() {}

    static byte[] bytes(SourceRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(record.payload().length + 512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            out.writeLong(record.timestamp());
            out.writeUTF(record.position().topic());
            out.writeInt(record.position().partition());
            out.writeLong(record.position().offset());
            write(record.key(), out);
            write(record.payload(), out);
            for (Header header : record.headers()) {
                if (header.value() != null) {
                    out.writeBoolean(true);
                    out.writeUTF(header.key());
                    write(header.value(), out);
                }
            }
            out.writeBoolean(false);
        } catch (IOException e) {
            throw new UncheckedIOException("writing a parked record to memory failed", e);
        }
        return bytes.toByteArray();
    }

    static SourceRecord of(byte[] stored) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
            StoredForm.require("a parked record", in.readByte(), FORM);
            long timestamp = in.readLong();
            Position position = new Position(in.readUTF(), in.readInt(), in.readLong());
            byte[] key = read(in);
            byte[] payload = read(in);
            Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
            while (in.readBoolean()) {
                headers.add(in.readUTF(), read(in));
            }
            return new SourceRecord(RecordHeaders.readSource(headers), key, payload, headers, timestamp, position);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a parked record from memory failed", e);
        }
    }

    private static void write(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
