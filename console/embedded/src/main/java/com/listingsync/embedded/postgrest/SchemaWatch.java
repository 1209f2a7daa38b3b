package com.listingsync.embedded.postgrest;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the schema cache: read at the start, on {@code NOTIFY pgrst, 'reload schema'}, and whenever the database comes back. One thread of
 * its own; the cache may be read from any.
 *
 * <p>While the database is away there is no cache, and every request is answered with PGRST002, as PostgREST does.
 */
final class SchemaWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaWatch.class);
    /** How long the first attempt may take until the start goes on without a cache. */
    private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(10);
    /** PostgREST backs off up to 32 s; recovering sooner only makes trials and tests quicker. */
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(200);
    /** How often the listening thread looks up from waiting. */
    private static final int LISTEN_MILLIS = 1000;

    private final String jdbcUrl;
    private final List<String> exposed;
    private final Thread thread = new Thread(this::run, "postgrest-schema");
    private final CountDownLatch firstAttempt = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Whether the outage was logged; confined to the listening thread. */
    private boolean away;

    private volatile @Nullable Map<String, SchemaCache> cache;
    private volatile @Nullable Connection connection;

    /** @param exposed the schemas that requests may name, the first of them when they name none */
    SchemaWatch(String jdbcUrl, List<String> exposed) {
        this.jdbcUrl = jdbcUrl;
        this.exposed = List.copyOf(exposed);
        thread.setDaemon(true);
    }

    /** Starts listening and returns after the first attempt to read the schema, successful or not. */
    void start() {
        thread.start();
        await(firstAttempt, FIRST_ATTEMPT);
    }

    /** The caches by schema; empty while the database is away. */
    Optional<Map<String, SchemaCache>> caches() {
        return Optional.ofNullable(cache);
    }

    List<String> exposed() {
        return exposed;
    }

    boolean reachable() {
        return cache != null;
    }

    @Override
    public void close() {
        closed.countDown();
        Connection open = connection;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                // The session ends with the thread, at its next look up from waiting.
                LOG.atDebug().setCause(e).log("Listening session was not aborted");
            }
        }
    }

    private void run() {
        while (closed.getCount() > 0) {
            try (Connection session = DriverManager.getConnection(jdbcUrl)) {
                connection = session;
                listen(session);
            } catch (SQLException e) {
                // Requests are answered with PGRST002 until the next attempt succeeds; said once per outage.
                if (closed.getCount() > 0 && !away) {
                    LOG.atWarn().addKeyValue("sqlState", e.getSQLState()).log("Database is away; schema cache dropped");
                }
                away = true;
            }
            cache = null;
            firstAttempt.countDown();
            await(closed, BETWEEN_ATTEMPTS);
        }
    }

    private void listen(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("listen pgrst");
        }
        cache = SchemaReader.read(session, exposed);
        if (away) {
            LOG.atInfo().log("Database is back; schema cache read");
            away = false;
        }
        firstAttempt.countDown();
        PGConnection notifications = session.unwrap(PGConnection.class);
        while (closed.getCount() > 0) {
            PGNotification[] received = notifications.getNotifications(LISTEN_MILLIS);
            if (received != null && Arrays.stream(received).anyMatch(SchemaWatch::asksForReload)) {
                cache = SchemaReader.read(session, exposed);
            }
        }
    }

    private static boolean asksForReload(PGNotification notification) {
        String payload = notification.getParameter();
        return payload.isEmpty() || payload.equals("reload schema") || payload.equals("reload config");
    }

    private static void await(CountDownLatch latch, Duration longest) {
        try {
            boolean ignored = latch.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Asked to stop: whoever waits goes on at once.
            Thread.currentThread().interrupt();
        }
    }
}
