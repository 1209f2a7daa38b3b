package com.listingsync.embedded.postgrest;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The pool of connections, and the one transaction that every request is. Thread-safe. */
final class Database implements AutoCloseable {
    /** The pool waits in slices of this length, so that a lost database is noticed before the whole waiting time is over. */
    private static final Duration SLICE = Duration.ofMillis(250);
    /** PostgREST repeats at once and burns a CPU with it; this is unnoticeable to the client and frugal. */
    private static final Duration BEFORE_RUNNING_AGAIN = Duration.ofMillis(5);

    private final HikariDataSource pool;
    private final Duration acquisitionTimeout;
    private final BooleanSupplier reachable;

    /**
     * @param reachable whether the database answered when last heard of; while not, nobody waits for a connection
     */
    Database(PostgrestOptions options, BooleanSupplier reachable) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("postgrest");
        config.setJdbcUrl(options.jdbcUrl());
        config.setMaximumPoolSize(options.poolSize());
        config.setMinimumIdle(1);
        config.setIdleTimeout(Duration.ofSeconds(30).toMillis());
        config.setAutoCommit(false);
        config.setConnectionTimeout(SLICE.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverride(new ServerErrors());
        config.addDataSourceProperty("ApplicationName", "postgrest");
        // Strings go without a type, so that PostgreSQL finds it from the place, as for PostgREST's parameters.
        config.addDataSourceProperty("stringtype", "unspecified");
        config.addDataSourceProperty("readOnlyMode", "transaction");
        this.pool = new HikariDataSource(config);
        this.acquisitionTimeout = options.acquisitionTimeout();
        this.reachable = reachable;
    }

    /** Whether a transaction may write. */
    enum Access {
        READ,
        WRITE
    }

    /**
     * Runs the statement as the caller, in one transaction.
     *
     * @param schema whose tables are asked for
     * @param roleSettings the settings of the caller's role
     * @param check may throw a {@link RestException}, which undoes the transaction
     */
    Rows run(
            Caller caller,
            String schema,
            Map<String, String> roleSettings,
            RestRequest request,
            Access access,
            SqlText sql,
            Consumer<Rows> check) {
        SqlText settings = transactionSettings(caller, schema, roleSettings, request);
        try (Connection connection = acquire()) {
            connection.setReadOnly(access == Access.READ);
            while (true) {
                try {
                    return runOnce(connection, settings, sql, check);
                } catch (SQLException e) {
                    // Undone by PostgreSQL. PostgREST repeats what lost a race, without limit; the rest the client
                    // hears.
                    rollback(connection, e);
                    if (!SqlStates.runAgain(e) || pool.isClosed()) {
                        throw SqlStates.toRefusal(e, caller.anonymous());
                    }
                    LockSupport.parkNanos(BEFORE_RUNNING_AGAIN.toNanos());
                }
            }
        } catch (SQLException e) {
            // Before or after the statements: nothing of this request is known to be written.
            throw SqlStates.toRefusal(e, caller.anonymous());
        }
    }

    /** Ends every session; statements in flight are undone. */
    @Override
    public void close() {
        pool.close();
    }

    private static Rows runOnce(Connection connection, SqlText settings, SqlText sql, Consumer<Rows> check)
            throws SQLException {
        query(connection, settings, row -> true);
        Rows rows = query(connection, sql, Rows::read);
        try {
            check.accept(rows);
        } catch (RestException e) {
            // The write was possible and is not wanted: undone before the client hears so.
            connection.rollback();
            throw e;
        }
        connection.commit();
        return rows;
    }

    private static void rollback(Connection connection, SQLException cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is gone and the transaction with it; the pool drops it.
            cause.addSuppressed(e);
        }
    }

    private interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private static <T> T query(Connection connection, SqlText sql, Reader<T> reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            int index = 1;
            for (Object parameter : sql.parameters()) {
                if (parameter instanceof byte[] bytes) {
                    statement.setBytes(index++, bytes);
                } else {
                    statement.setString(index++, (String) parameter);
                }
            }
            try (ResultSet rows = statement.executeQuery()) {
                return reader.read(rows);
            }
        }
    }

    /** Role, claims and the role's own settings, for this transaction only. */
    private static SqlText transactionSettings(
            Caller caller, String schema, Map<String, String> roleSettings, RestRequest request) {
        SqlText sql = new SqlText()
                .add("SELECT set_config('search_path', ")
                .value(searchPath(schema))
                .add(", true)");
        // The driver opens every session in this JVM's time zone; a hosted database is in UTC.
        sql.add(", set_config('timezone', 'UTC', true)");
        roleSettings.forEach((name, value) ->
                sql.add(", set_config(").value(name).add(", ").value(value).add(", true)"));
        sql.add(", set_config('role', ").value(caller.role()).add(", true)");
        sql.add(", set_config('request.jwt.claims', ")
                .value(caller.claimsJson())
                .add(", true)");
        sql.add(", set_config('request.method', ").value(request.method()).add(", true)");
        return sql.add(", set_config('request.path', ").value(request.path()).add(", true)");
    }

    /** The schema, and the one that PostgREST adds to every path unless it is told otherwise (db-extra-search-path). */
    private static String searchPath(String schema) {
        String usual = '"' + SchemaCache.SCHEMA + '"';
        return schema.equals(SchemaCache.SCHEMA) ? usual : '"' + schema + "\", " + usual;
    }

    private Connection acquire() throws SQLException {
        long deadline = System.nanoTime() + acquisitionTimeout.toNanos();
        while (true) {
            try {
                return pool.getConnection();
            } catch (SQLTransientConnectionException e) {
                // No connection within a slice: full pool or lost database. Nothing was done for this request yet.
                if (!reachable.getAsBoolean()) {
                    throw Refusals.databaseGone();
                }
                if (System.nanoTime() - deadline > -TimeUnit.MILLISECONDS.toNanos(1)) {
                    throw Refusals.poolTimeout();
                }
            }
        }
    }
}
