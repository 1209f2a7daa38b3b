package com.listingsync.producer.mls;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A stream that remembers the bytes it gave out since a marked place, so that a record can be copied exactly as it came
 * once a parser has found its end. Holds one record and one read buffer, however long the stream is. Confined to one
 * thread.
 */
final class ByteWindow extends InputStream {

    /** Far above any record (facts.md §1: 22 KB is large) and what a small heap holds twice; beyond it the page is broken. */
    private static final int LARGEST = 16 * 1024 * 1024;

    private static final int INITIAL = 64 * 1024;

    private final InputStream source;
    private byte[] held = new byte[INITIAL];
    private long heldFrom;
    private int length;
    private long keptFrom;
    private long left;

    /** The body is larger than it can honestly be; says how large. */
    static final class Overflow extends IOException {
        private static final long serialVersionUID = 1L;

        Overflow(String words) {
            super(words);
        }
    }

    /**
     * @param most bytes of the whole stream, unpacked: what expands beyond it is no page
     */
    ByteWindow(InputStream source, long most) {
        this.source = source;
        this.left = most;
    }

    /** Forgets what lies before {@code offset}. */
    void keepFrom(long offset) {
        keptFrom = offset;
    }

    /** The bytes from {@code from} to before {@code to}, which must not have been forgotten. */
    byte[] slice(long from, long to) {
        return Arrays.copyOfRange(held, (int) (from - heldFrom), (int) (to - heldFrom));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        int read = source.read(into, offset, count);
        if (read > 0) {
            left -= read;
            if (left < 0) {
                throw new Overflow("more than that many records can have");
            }
            remember(into, offset, read);
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private void remember(byte[] bytes, int offset, int count) throws IOException {
        int forgotten = (int) Math.min(keptFrom - heldFrom, length);
        if (forgotten > 0) {
            System.arraycopy(held, forgotten, held, 0, length - forgotten);
            heldFrom += forgotten;
            length -= forgotten;
        }
        if (length + count > LARGEST) {
            throw new Overflow("a record of more than " + LARGEST / (1024 * 1024) + " MiB");
        }
        if (length + count > held.length) {
            held = Arrays.copyOf(held, Math.max(held.length * 2, length + count));
        }
        System.arraycopy(bytes, offset, held, length, count);
        length += count;
    }
}
