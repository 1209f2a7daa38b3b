package com.listingsync.embedded.postgrest;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running stand-in for PostgREST 13 on 127.0.0.1, over a PostgreSQL that has Supabase's roles. Thread-safe.
 *
 * <p>It starts whether or not the database is there; while it is away, requests are answered with 503 and PGRST002, and it recovers by
 * itself. Under {@code /rest/v1} it also plays the gateway of a hosted project, which wants an {@code apikey}.
 */
public final class PostgrestServer implements AutoCloseable {
    /** The PostgREST that postgrest-wire.md records. */
    static final String IMITATED_VERSION = "13.0.8";

    private static final String HOST = "127.0.0.1";

    static {
        // Without it each answer waits 40 ms for an acknowledgement. Read once, when the JDK's server is first used.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer http;
    private final ExecutorService threads;
    private final SchemaWatch schema;
    private final Database database;
    private final Tokens tokens;
    private final HttpFront front;
    private final RestFaults faults = new RestFaults();
    private final AtomicBoolean closed = new AtomicBoolean();

    private PostgrestServer(PostgrestOptions options, HttpServer http) {
        this.http = http;
        this.threads = Executors.newCachedThreadPool(namedDaemons());
        this.tokens = new Tokens(options.jwtSecret());
        this.schema = new SchemaWatch(options.jdbcUrl(), options.schemas());
        this.database = new Database(options, schema::reachable);
        this.front = new HttpFront(
                new Gateway(tokens), new RestService(tokens, schema, database, options.maxRows()), faults);
    }

    /**
     * Starts and returns once requests are answered.
     *
     * @throws IOException if the port is taken, in one sentence
     */
    public static PostgrestServer start(PostgrestOptions options) throws IOException {
        PostgrestServer server = new PostgrestServer(options, bind(options.port()));
        server.schema.start();
        server.http.setExecutor(server.threads);
        server.http.createContext("/", server.front);
        server.http.start();
        return server;
    }

    /** The base URL, without a slash at its end: what a Supabase project's URL is to its clients. */
    public URI uri() {
        return URI.create("http://" + HOST + ":" + http.getAddress().getPort());
    }

    /** The key of the role that bypasses row-level security; the same after every start with the same secret. */
    public String serviceRoleKey() {
        return tokens.keyOf("service_role");
    }

    /** As {@link #serviceRoleKey()}, but refused from then on, once the clock skew that PostgREST forgives (30 s) is over. */
    public String serviceRoleKey(Instant expires) {
        return tokens.keyOf("service_role", expires);
    }

    /** The key of the anonymous role; the same after every start with the same secret. */
    public String anonKey() {
        return tokens.keyOf(Caller.ANONYMOUS_ROLE);
    }

    /** What is to go wrong; nothing, unless a test orders it. */
    public RestFaults faults() {
        return faults;
    }

    /** Requests read so far. */
    public long requests() {
        return front.requests();
    }

    /** Drops connections and undoes what is in flight, as PostgREST does on SIGTERM. Repeats do nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        http.stop(0);
        database.close();
        schema.close();
        threads.shutdownNow();
    }

    @SuppressWarnings("AddressSelection") // A literal address, not a name with several.
    private static HttpServer bind(int port) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(HOST, port), 0);
        } catch (IOException e) {
            // Nothing was started: the owner names another port.
            throw new IOException(
                    "Port " + port + " on " + HOST + " is taken: expected a free port for the REST server.", e);
        }
    }

    private static ThreadFactory namedDaemons() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "postgrest-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
