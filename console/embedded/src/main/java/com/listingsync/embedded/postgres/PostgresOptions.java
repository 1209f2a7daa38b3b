package com.listingsync.embedded.postgres;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where and how the embedded PostgreSQL runs. Immutable.
 *
 * @param dataFolder the folder that holds the database and survives restarts; made if it does not exist
 * @param port the TCP port on 127.0.0.1, 1 to 65535, or 0 for any free one
 * @param durability what a commit survives
 * @param atExit what happens when the JVM ends without a close
 */
public record PostgresOptions(Path dataFolder, int port, Durability durability, AtExit atExit) {

    /** What a commit that was answered survives. The database itself is never damaged in either case. */
    public enum Durability {
        /** The loss of the process and of power: every commit waits for the disk. */
        EVERY_COMMIT("on"),
        /** Up to 0.6 s of the newest commits can be lost when the database is killed (synchronous_commit = off). */
        MOST_COMMITS("off");

        private final String synchronousCommit;

        Durability(String synchronousCommit) {
            this.synchronousCommit = synchronousCommit;
        }

        String synchronousCommit() {
            return synchronousCommit;
        }
    }

    /** What happens when the JVM ends without a close. */
    public enum AtExit {
        /** A shutdown hook stops the database. */
        STOP,
        /** Nothing: the owner has its own order of stopping. What is left running is stopped by the next start on the folder. */
        LEAVE
    }

    public PostgresOptions {
        Objects.requireNonNull(dataFolder, "dataFolder");
        Objects.requireNonNull(durability, "durability");
        Objects.requireNonNull(atExit, "atExit");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "The PostgreSQL port must be 0 (any free port) to 65535, found " + port + ".");
        }
    }

    /** A free port, durable commits, stopped at exit. */
    public static PostgresOptions on(Path dataFolder) {
        return new PostgresOptions(dataFolder, 0, Durability.EVERY_COMMIT, AtExit.STOP);
    }

    public PostgresOptions withPort(int newPort) {
        return new PostgresOptions(dataFolder, newPort, durability, atExit);
    }

    public PostgresOptions withDurability(Durability newDurability) {
        return new PostgresOptions(dataFolder, port, newDurability, atExit);
    }

    public PostgresOptions withAtExit(AtExit newAtExit) {
        return new PostgresOptions(dataFolder, port, durability, newAtExit);
    }
}
