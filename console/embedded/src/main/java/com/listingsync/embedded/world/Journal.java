package com.listingsync.embedded.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file with one line for the world's beginning and one for every change since. A line is written before its change is
 * applied, so whatever was ever served is in it; it outlives the process, not a power failure. A last line without its
 * line end is a write that was cut off, and is dropped. Confined to whoever holds the world's lock.
 */
final class Journal implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final List<String> lines;

    private Journal(Path file, FileChannel channel, List<String> lines) {
        this.file = file;
        this.channel = channel;
        this.lines = lines;
    }

    /** @throws UncheckedIOException when the file can't be read or written; whoever starts the sample sees it */
    static Journal open(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            byte[] bytes = Files.readAllBytes(file);
            int whole = bytes.length;
            while (whole > 0 && bytes[whole - 1] != '\n') {
                whole--;
            }
            channel.truncate(whole);
            channel.position(whole);
            List<String> lines = new ArrayList<>(
                    new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().toList());
            return new Journal(file, channel, lines);
        } catch (IOException e) {
            // Nothing is lost: the world does not start.
            throw new UncheckedIOException("Can't open the sample world's journal " + file + ": " + e.getMessage(), e);
        }
    }

    /** Takes the lines that were there when it was opened; a second call takes none. */
    List<String> takeLines() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    void append(String line) {
        ByteBuffer bytes = ByteBuffer.wrap((line + '\n').getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            // The change is not applied, so nothing was served that the journal lacks; the caller sees the refusal.
            throw new UncheckedIOException("Can't write the sample world's journal " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Every line was handed to the operating system when it was written; closing loses nothing.
            throw new UncheckedIOException("Can't close the sample world's journal " + file, e);
        }
    }
}
