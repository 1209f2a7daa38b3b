package com.listingsync.embedded.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one embedded database, held by a file lock from {@link #open} to {@link #close}. Confined to the owner's thread.
 *
 * <pre>
 * folder/postgres.lock          locked while a JVM owns the folder; its presence says that the folder is ours
 * folder/postgres.initialised   written when initdb has finished; without it a cluster is rubbish from an interrupted start
 * folder/postgres.log           the server's log since its last start
 * folder/cluster/               PostgreSQL's own data directory
 * </pre>
 */
final class DataFolder implements AutoCloseable {
    /** The major version of the binaries that the parent pom pins (postgres-binaries.version). */
    static final String MAJOR_VERSION = "18";

    private static final String LOCK = "postgres.lock";
    private static final String INITIALISED = "postgres.initialised";

    private final Path folder;
    private final FileChannel channel;

    private DataFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes the folder, making it if needed.
     *
     * @throws EmbeddedPostgresException if it is a file, not ours, of another PostgreSQL version, not writable, or in use
     */
    static DataFolder open(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            checkOurs(folder);
            Files.createDirectories(folder);
            DataFolder opened = new DataFolder(folder, lock(folder));
            opened.dropInterruptedInitialisation();
            return opened;
        } catch (IOException e) {
            // Nothing was started: the owner hears it and can name another folder.
            throw new EmbeddedPostgresException(
                    "The data folder " + folder + " cannot be used: expected a writable folder, found " + e + ".", e);
        }
    }

    Path cluster() {
        return folder.resolve("cluster");
    }

    Path log() {
        return folder.resolve("postgres.log");
    }

    boolean initialised() {
        return Files.exists(folder.resolve(INITIALISED));
    }

    void markInitialised() throws IOException {
        Files.writeString(folder.resolve(INITIALISED), MAJOR_VERSION + System.lineSeparator());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock goes with the process at the latest: nothing is lost but this folder until then.
            throw new EmbeddedPostgresException(
                    "The lock on the data folder " + folder + " could not be released: " + e + ".", e);
        }
    }

    private static void checkOurs(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new EmbeddedPostgresException(
                    "The data folder " + folder + " cannot be used: expected a folder, found a file.");
        }
        Path foreign = folder.resolve("PG_VERSION");
        if (Files.exists(foreign)) {
            throw new EmbeddedPostgresException(
                    "The data folder " + folder + " is the data directory of another PostgreSQL (version "
                            + Files.readString(foreign).strip() + "): name a folder of its own.");
        }
        if (!Files.exists(folder.resolve(LOCK)) && !isEmpty(folder)) {
            throw new EmbeddedPostgresException("The data folder " + folder
                    + " holds files that are not ours: expected an empty folder or one made by an earlier start.");
        }
        checkVersion(folder);
    }

    private static void checkVersion(Path folder) throws IOException {
        Path version = folder.resolve("cluster").resolve("PG_VERSION");
        if (!Files.exists(version)) {
            return;
        }
        String found = Files.readString(version).strip();
        if (!found.equals(MAJOR_VERSION)) {
            throw new EmbeddedPostgresException("The data folder " + folder + " was made by PostgreSQL " + found
                    + ", expected " + MAJOR_VERSION + ": move it away or name another folder.");
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // This JVM holds it already: the same answer as for another process.
        }
        channel.close();
        throw new EmbeddedPostgresException(
                "The data folder " + folder + " is in use by another running process: stop that one first.");
    }

    private void dropInterruptedInitialisation() throws IOException {
        if (initialised() || !Files.exists(cluster())) {
            return;
        }
        try (Stream<Path> files = Files.walk(cluster())) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
