package com.listingsync.console.up;

import com.listingsync.common.setting.SettingsException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * The folder of one {@code up}, held by a file lock from {@link #open} to {@link #close}. Confined to the owner's thread.
 *
 * <pre>
 * version              says that the folder is ours and how it is laid out
 * lock                 locked while an 'up' uses the folder
 * endpoints.json       the addresses of the running 'up'; only there while it runs
 * connections.yaml     what the producer reads, generated for the samples
 * kafka/ postgres/ processor/ sample/ keys/ logs/
 * </pre>
 */
final class DataFolder implements AutoCloseable {

    /** Grows when an older folder can't be used any more. */
    private static final String LAYOUT = "1";

    /** Kafka alone prepares index files of this order; with less the first sync would end in the middle. */
    private static final long NEEDED_BYTES = 512L * 1024 * 1024;

    private static final String VERSION = "version";
    private static final String LOCK = "lock";

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes the folder, making it if needed.
     *
     * @throws SettingsException when it is not ours, of another version, in use, not writable, or on a full disk
     */
    static DataFolder open(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            requireOurs(folder);
            FileChannel lock = lock(folder);
            Files.writeString(folder.resolve(VERSION), LAYOUT + "\n");
            requireSpace(folder);
            return new DataFolder(folder, lock);
        } catch (FileAlreadyExistsException e) {
            // Nothing was made: the person names another folder.
            throw refused(folder, "expected a folder, found a file");
        } catch (AccessDeniedException e) {
            // As above.
            throw refused(folder, "no permission to write " + e.getFile());
        } catch (IOException e) {
            // As above; a full or broken disk among others.
            throw refused(folder, e.toString());
        }
    }

    /** Whether an {@code up}, of this process or another, holds the folder. */
    static boolean isHeld(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free == null;
        } catch (OverlappingFileLockException e) {
            // By this very process.
            return true;
        } catch (IOException e) {
            // There is no lock, or none that we may look at: nobody we could talk to.
            return false;
        }
    }

    Path path() {
        return folder;
    }

    /** A file or folder inside; not made. */
    Path at(String name) {
        return folder.resolve(name);
    }

    /** A folder inside, made when it is not there. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            // The lock goes with the process at the latest.
            throw new IllegalStateException("the lock on " + folder + " could not be released", e);
        }
    }

    private static void requireOurs(Path folder) throws IOException {
        Path version = folder.resolve(VERSION);
        if (Files.exists(version)) {
            String found = Files.readString(version).strip();
            if (!found.equals(LAYOUT)) {
                throw refused(
                        folder,
                        "it was made by another version of Listing Sync (layout " + LAYOUT + " expected, '" + found
                                + "' found); move it away or name another folder with --data");
            }
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw refused(folder, "it holds files that are not ours; name an empty or a new folder with --data");
            }
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Held by this very process: the same answer as for another one.
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw refused(folder, "another 'up' is running on it; stop that one or name another folder with --data");
        }
        return channel;
    }

    private static void requireSpace(Path folder) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < NEEDED_BYTES) {
            throw refused(
                    folder,
                    "its disk is nearly full: expected " + NEEDED_BYTES / (1024 * 1024) + " MiB free, found "
                            + free / (1024 * 1024));
        }
    }

    private static SettingsException refused(Path folder, String why) {
        return new SettingsException("the data folder " + folder + " can't be used: " + why);
    }
}
