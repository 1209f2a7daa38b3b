package com.listingsync.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server process found running on a cluster, as PostgreSQL's own {@code postmaster.pid} names it. Immutable. */
final class Postmaster {
    /** A fast stop writes a checkpoint; on a slow disk that takes seconds. */
    private static final long STOP_SECONDS = 60;

    private final ProcessHandle process;

    private Postmaster(ProcessHandle process) {
        this.process = process;
    }

    /** The live server of the cluster; empty if there is none, also when the file is left from a killed one and its id went to somebody else. */
    static Optional<Postmaster> runningOn(Path cluster) throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).strip().matches("\\d+")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(Postmaster::isPostgres)
                .map(Postmaster::new);
    }

    long pid() {
        return process.pid();
    }

    /** Stops it as {@code pg_ctl stop -m fast} does: SIGINT, which ends sessions and leaves a clean cluster. */
    void stopFast() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Nothing is lost: the cluster is still in the hands of that process, and the owner hears so.
            throw new EmbeddedPostgresException(
                    "PostgreSQL process " + process.pid() + " from an earlier start does not stop within "
                            + STOP_SECONDS + " s.",
                    e);
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.isAlive()
                && process.info().command().map(c -> c.endsWith("postgres")).orElse(false);
    }
}
