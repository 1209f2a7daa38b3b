package com.listingsync.producer.presence;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keys with a few words each, dealt into buckets by key, so that sets of any size are compared bucket by bucket: of 100 million
 * keys, a bucket has 100,000. What does not fit into memory goes to temporary files, which are gone when this is closed.
 * Confined to one thread at a time.
 */
public final class KeyBuckets implements AutoCloseable {

    /** How many buckets there are. */
    public static final int COUNT = 1_024;

    /** Bytes held in memory: all of a feed with 200,000 records. */
    private static final int HELD_BYTES = 16 * 1024 * 1024;

    private final ByteArrayOutputStream[] held = new ByteArrayOutputStream[COUNT];
    private final int heldBytes;
    private @Nullable Path folder;
    private long inMemory;
    private long size;

    /**
     * One key and what is to be known of it.
     *
     * @param key of the record within its feed
     * @param place what else identifies it; empty when nothing does
     * @param number of any meaning
     * @param flag of any meaning
     */
    public record Entry(String key, String place, long number, boolean flag) {}

    public KeyBuckets() {
        this(HELD_BYTES);
    }

    /** @param heldBytes bytes to hold in memory before they go to files */
    KeyBuckets(int heldBytes) {
        this.heldBytes = heldBytes;
        for (int i = 0; i < COUNT; i++) {
            held[i] = new ByteArrayOutputStream(0);
        }
    }

    /**
     * Adds an entry to the bucket of its key.
     *
     * @throws UncheckedIOException when the disk is full or can't be written; the sweep fails and deletes nothing
     */
    public void add(Entry entry) {
        ByteArrayOutputStream bucket = held[bucket(entry.key())];
        int before = bucket.size();
        DataOutputStream out = new DataOutputStream(bucket);
        try {
            out.writeUTF(entry.key());
            out.writeUTF(entry.place());
            out.writeLong(entry.number());
            out.writeBoolean(entry.flag());
            inMemory += bucket.size() - before;
            size++;
            if (inMemory > heldBytes) {
                spill();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the keys of a sweep can't be kept in the folder for temporary files", e);
        }
    }

    /** How many entries were added. */
    public long size() {
        return size;
    }

    /** Hands every entry of one bucket on, in the order in which they were added. */
    public void each(int bucket, Consumer<Entry> consumer) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(
                new SequenceInputStream(spilled(bucket), new ByteArrayInputStream(held[bucket].toByteArray()))))) {
            while (true) {
                consumer.accept(new Entry(in.readUTF(), in.readUTF(), in.readLong(), in.readBoolean()));
            }
        } catch (EOFException e) {
            // The end of the bucket: entries are whole.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("the keys of a sweep can't be read from the folder for temporary files", e);
        }
    }

    /** Forgets everything. Idempotent. */
    @Override
    public void close() {
        for (ByteArrayOutputStream bucket : held) {
            bucket.reset();
        }
        inMemory = 0;
        Path gone = folder;
        folder = null;
        if (gone == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(gone)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // A few files stay in the folder for temporary files, which is cleaned by others too.
            return;
        }
    }

    private void spill() throws IOException {
        Path to = folder == null ? Files.createTempDirectory("listing-sync-sweep") : folder;
        folder = to;
        for (int i = 0; i < COUNT; i++) {
            if (held[i].size() > 0) {
                Files.write(
                        to.resolve(Integer.toString(i)),
                        held[i].toByteArray(),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                held[i].reset();
            }
        }
        inMemory = 0;
    }

    private InputStream spilled(int bucket) throws IOException {
        Path file = folder == null ? null : folder.resolve(Integer.toString(bucket));
        return file == null || !Files.exists(file) ? InputStream.nullInputStream() : Files.newInputStream(file);
    }

    private static int bucket(String key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 10 ^ hash >>> 20) & COUNT - 1;
    }
}
