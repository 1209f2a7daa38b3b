package com.listingsync.embedded.postgrest;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How the stand-in runs. Immutable.
 *
 * @param jdbcUrl PostgreSQL, as a role that may become {@code anon}, {@code authenticated} and {@code service_role}
 * @param port the TCP port on 127.0.0.1, or 0 for any free one
 * @param jwtSecret signs the project's keys; at least 32 characters
 * @param poolSize the most connections to PostgreSQL, at least 1; one more listens
 * @param maxRows the most rows that one read returns (db-max-rows); empty for no limit
 * @param schemas the exposed schemas (db-schemas), at least one; a request that names none means the first
 * @param acquisitionTimeout how long a request waits for a connection before it is answered with 504
 */
public record PostgrestOptions(
        String jdbcUrl, int port, String jwtSecret, int poolSize, OptionalLong maxRows, List<String> schemas, Duration acquisitionTimeout) {
    private static final int LEAST_SECRET = 32;

    public PostgrestOptions {
        Objects.requireNonNull(jdbcUrl, "jdbcUrl");
        Objects.requireNonNull(maxRows, "maxRows");
        Objects.requireNonNull(acquisitionTimeout, "acquisitionTimeout");
        schemas = List.copyOf(schemas);
        if (schemas.isEmpty()) {
            throw new IllegalArgumentException("PostgREST exposes at least 1 schema, found none.");
        }
        if (jwtSecret.length() < LEAST_SECRET) {
            throw new IllegalArgumentException("The JWT secret must have at least " + LEAST_SECRET
                    + " characters, found " + jwtSecret.length() + ".");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("The REST port must be 0 (any free port) to 65535, found " + port + ".");
        }
        if (poolSize < 1) {
            throw new IllegalArgumentException("The pool must have at least 1 connection, found " + poolSize + ".");
        }
    }

    /** A free port, 10 connections and 10 s to wait for one (PostgREST's defaults), 1000 rows (a hosted project's default). */
    public static PostgrestOptions on(String jdbcUrl, String jwtSecret) {
        return new PostgrestOptions(jdbcUrl, 0, jwtSecret, 10, OptionalLong.of(1000), List.of(SchemaCache.SCHEMA), Duration.ofSeconds(10));
    }

    public PostgrestOptions withPort(int newPort) {
        return new PostgrestOptions(jdbcUrl, newPort, jwtSecret, poolSize, maxRows, schemas, acquisitionTimeout);
    }

    public PostgrestOptions withPoolSize(int newPoolSize) {
        return new PostgrestOptions(jdbcUrl, port, jwtSecret, newPoolSize, maxRows, schemas, acquisitionTimeout);
    }

    public PostgrestOptions withMaxRows(OptionalLong newMaxRows) {
        return new PostgrestOptions(jdbcUrl, port, jwtSecret, poolSize, newMaxRows, schemas, acquisitionTimeout);
    }

    public PostgrestOptions withSchemas(List<String> newSchemas) {
        return new PostgrestOptions(jdbcUrl, port, jwtSecret, poolSize, maxRows, newSchemas, acquisitionTimeout);
    }

    public PostgrestOptions withAcquisitionTimeout(Duration newTimeout) {
        return new PostgrestOptions(jdbcUrl, port, jwtSecret, poolSize, maxRows, schemas, newTimeout);
    }

    /** Leaves out the secret and the URL, which may hold a password. */
    @Override
    public String toString() {
        return "PostgrestOptions[port=" + port + ", poolSize=" + poolSize + ", maxRows=" + maxRows + "]";
    }
}
