package com.listingsync.console.http;

import com.listingsync.common.setting.SettingsException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.Function;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An HTTP/1.1 server: every request becomes a {@link Call}, and the {@link Reply} to it is written. Thread-safe. */
public final class WebServer implements AutoCloseable {

    /** Bodies are requests of operators; the longest is a thousand listing keys. */
    static final int MAX_BODY_BYTES = 1 << 20;

    static final int MAX_HEADER_BYTES = 16 << 10;
    /** Most of them wait for Kafka or Supabase when there is much to do. */
    public static final int MAX_THREADS = 32;

    private static final int MIN_THREADS = 4;
    private static final int MAX_CONNECTIONS = 2_000;

    /** Longer than proxies and load balancers keep theirs, usually 60 s: who lets go first loses no request. */
    private static final long IDLE_MILLIS = 90_000;

    private final String host;
    private final Server server;
    private final ServerConnector connector;

    /**
     * Binds the port; nothing is served before {@link #start()}.
     *
     * @param answer gives the reply to each call, on a thread that may block; what it throws beside {@link Problem} is a bug,
     *     logged and answered with 500
     * @throws SettingsException when the address can't be bound
     */
    public WebServer(String host, int port, Function<Call, Reply> answer) {
        this.host = host;
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("console-http");
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        server.addBean(new ConnectionLimit(MAX_CONNECTIONS, server));
        server.setHandler(new Exchanges(answer));
        server.setErrorHandler(new EarlyProblems());
        try {
            connector.open();
        } catch (java.io.IOException e) {
            // Nothing has started yet: the person who chose the port sees this and chooses another.
            throw new SettingsException("SYNC_CONSOLE_PORT: the console can't listen on " + host + ":" + port + " ("
                    + e.getMessage() + "); choose a free port or 0");
        }
    }

    /** Begins to answer. */
    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            // Jetty's lifecycle declares every kind of failure; the port is bound already, so this is ours.
            throw new IllegalStateException("the console's HTTP server does not start", e);
        }
    }

    /** The root address. */
    public URI uri() {
        InetSocketAddress any = new InetSocketAddress(host, 0);
        boolean everywhere = any.getAddress() != null && any.getAddress().isAnyLocalAddress();
        String shown = everywhere ? "127.0.0.1" : host;
        String literal = shown.contains(":") && !shown.startsWith("[") ? "[" + shown + "]" : shown;
        return URI.create("http://" + literal + ":" + connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            // The process is on its way out, or another server takes its place: open answers break off either way.
            Thread.yield();
        } finally {
            connector.close();
        }
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        configuration.setRequestHeaderSize(2 * MAX_HEADER_BYTES);
        // Refused where the body has been read, see Exchanges: a connection that is closed before takes the answer with
        // it.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        return configuration;
    }
}
