package com.listingsync.embedded.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A running PostgreSQL 18 on 127.0.0.1 over a folder that survives restarts, with Supabase's roles. Thread-safe.
 *
 * <p>The folder is initialised once and used again later. What a killed process leaves behind (its id file, or the database still
 * running) is cleared away by the next start. Every local user may connect without a password: it is a database for trying out.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
    private static final String SUPERUSER = "postgres";
    private static final String DATABASE = "postgres";
    private static final String HOST = "127.0.0.1";

    /** Crash recovery of a large log has to fit in here as well. */
    private static final Duration START_WAIT = Duration.ofSeconds(60);

    /**
     * Sized for a sync workload on a laptop that runs Kafka and four services beside it: many small transactions, no replicas, no
     * analytics. Terse logs leave out DETAIL, which would print row values.
     */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("listen_addresses", HOST),
            Map.entry("unix_socket_directories", "''"),
            Map.entry("max_connections", "100"),
            Map.entry("shared_buffers", "128MB"),
            Map.entry("wal_level", "minimal"),
            Map.entry("max_wal_senders", "0"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("io_method", "sync"),
            Map.entry("jit", "off"),
            Map.entry("fsync", "on"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("log_error_verbosity", "terse"));

    private final DataFolder folder;
    private final EmbeddedPostgres process;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedPostgresServer(DataFolder folder, EmbeddedPostgres process) {
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts on the folder, on a free port.
     *
     * @throws EmbeddedPostgresException if the folder cannot be used or the server does not start
     */
    public static EmbeddedPostgresServer start(Path dataFolder) {
        return start(PostgresOptions.on(dataFolder));
    }

    /**
     * Starts as the options say and returns once connections are answered and the roles exist.
     *
     * @throws EmbeddedPostgresException if the folder or port cannot be used or the server does not start
     */
    public static EmbeddedPostgresServer start(PostgresOptions options) {
        DataFolder folder = DataFolder.open(options.dataFolder());
        boolean started = false;
        try {
            stopLeftover(folder);
            checkPortFree(options.port());
            EmbeddedPostgresServer server = new EmbeddedPostgresServer(folder, startProcess(folder, options));
            started = true;
            server.prepare();
            return server;
        } finally {
            if (!started) {
                folder.close();
            }
        }
    }

    /** The URL for the superuser; no password. */
    public String jdbcUrl() {
        return jdbcUrl(SUPERUSER);
    }

    /** The URL for a role that may log in, such as {@code authenticator}; no password. */
    public String jdbcUrl(String role) {
        return "jdbc:postgresql://" + HOST + ":" + port() + "/" + DATABASE + "?user=" + role;
    }

    /** Unpooled connections of the superuser. */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(jdbcUrl());
        return source;
    }

    public int port() {
        return process.getPort();
    }

    /**
     * Applies a migration unless its version was applied before, as {@code supabase db push} does, and tells PostgREST to read the
     * schema again.
     *
     * @param migrationName the file name, such as {@code 20261122074900_create_tables.sql}
     * @return false if it was applied before
     * @throws EmbeddedPostgresException if the name is not understood or a statement fails; then nothing of it stays
     */
    public boolean apply(String migrationName, String sql) {
        Migration migration = Migration.of(migrationName, sql);
        try (Connection connection = dataSource().getConnection()) {
            return migration.applyOnce(connection);
        } catch (SQLException e) {
            // Rolled back as a whole: the caller may correct the migration and apply it again.
            throw new EmbeddedPostgresException("Migration " + migrationName + " failed: " + e.getMessage(), e);
        }
    }

    /** Ends all sessions, stops the server cleanly and gives the folder free. Repeats do nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            process.close();
            stopLeftover(folder);
        } catch (IOException e) {
            // The next start stops what is left; this owner hears that the stop was not clean.
            throw new EmbeddedPostgresException(
                    "PostgreSQL on port " + port() + " did not stop cleanly: " + e + ".", e);
        } finally {
            folder.close();
        }
    }

    private void prepare() {
        try (Connection connection = dataSource().getConnection()) {
            SupabaseRoles.create(connection);
        } catch (SQLException e) {
            // Without the roles nobody can use it: stopped again, and the owner hears why.
            close();
            throw new EmbeddedPostgresException("Supabase's roles could not be created: " + e.getMessage(), e);
        }
    }

    private static EmbeddedPostgres startProcess(DataFolder folder, PostgresOptions options) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.cluster())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(options.atExit() == PostgresOptions.AtExit.STOP)
                .setPGStartupWait(START_WAIT)
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setOutputRedirector(ProcessBuilder.Redirect.to(folder.log().toFile()))
                .setServerConfig("synchronous_commit", options.durability().synchronousCommit())
                .setPort(options.port());
        SETTINGS.forEach(builder::setServerConfig);
        try {
            EmbeddedPostgres process = builder.start();
            folder.markInitialised();
            return process;
        } catch (IOException | RuntimeException e) {
            // The folder stays as it is; the server's own last words say what is wrong with it.
            throw new EmbeddedPostgresException(
                    "PostgreSQL does not start: " + lastWords(folder).orElse(e.getMessage()), e);
        }
    }

    private static void stopLeftover(DataFolder folder) {
        try {
            Optional<Postmaster> leftover = Postmaster.runningOn(folder.cluster());
            if (leftover.isPresent()) {
                leftover.get().stopFast();
            }
        } catch (IOException e) {
            // Whether one is running is not known; starting a second one on the same files must not be tried.
            throw new EmbeddedPostgresException(
                    "A PostgreSQL left from an earlier start could not be stopped: " + e + ".", e);
        } catch (InterruptedException e) {
            // Asked to stop while waiting: the server may still be ending by itself.
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException(
                    "Interrupted while a PostgreSQL left from an earlier start was ending.", e);
        }
    }

    @SuppressWarnings("AddressSelection") // A literal address, not a name with several.
    private static void checkPortFree(int port) {
        if (port == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(HOST, port));
        } catch (IOException e) {
            // Found before starting, because a second PostgreSQL on the port would be taken for ours.
            throw new EmbeddedPostgresException(
                    "Port " + port + " on " + HOST + " is taken: expected a free port for PostgreSQL.", e);
        }
    }

    private static Optional<String> lastWords(DataFolder folder) {
        try {
            List<String> lines = Files.readAllLines(folder.log(), StandardCharsets.UTF_8);
            return lines.stream().filter(line -> line.contains("FATAL:")).reduce((first, last) -> last);
        } catch (IOException e) {
            // Only the explanation is lost; the exception that led here is passed on.
            return Optional.empty();
        }
    }
}
