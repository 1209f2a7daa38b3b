package com.listingsync.embedded.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A TCP proxy on 127.0.0.1 whose {@link Weather} can change at any time, for open connections too. Thread-safe. */
public final class FaultProxy implements AutoCloseable {

    private final int targetPort;
    private final Set<Relay> relays = ConcurrentHashMap.newKeySet();
    private final AtomicLong connections = new AtomicLong();
    private volatile Weather weather = Weather.FAIR;
    private volatile @Nullable ServerSocket server;
    private int port;

    private FaultProxy(int targetPort) {
        this.targetPort = targetPort;
    }

    /** Starts on a free port, in fair weather. */
    public static FaultProxy start(int targetPort) {
        FaultProxy proxy = new FaultProxy(targetPort);
        proxy.accept();
        return proxy;
    }

    public int port() {
        return port;
    }

    /** Connections taken so far. */
    public long connections() {
        return connections.get();
    }

    public void weather(Weather now) {
        weather = now;
        relays.forEach(Relay::weatherChanged);
    }

    /** Connections are refused, and open ones reset, until {@link #accept}. */
    public synchronized void refuse() {
        ServerSocket open = server;
        server = null;
        if (open != null) {
            closeQuietly(open);
        }
        relays.forEach(Relay::reset);
    }

    /** Takes connections again, on the same port. */
    public synchronized void accept() {
        if (server == null) {
            ServerSocket open = bind(port);
            port = open.getLocalPort();
            server = open;
            Relay.daemon("fault-proxy-" + port, () -> acceptAll(open));
        }
    }

    /** Ends every connection in good order, as a server does with idle ones. */
    public void closeConnections() {
        relays.forEach(Relay::close);
    }

    @Override
    public void close() {
        refuse();
    }

    Weather weather() {
        return weather;
    }

    void ended(Relay relay) {
        relays.remove(relay);
    }

    private void acceptAll(ServerSocket open) {
        while (!open.isClosed()) {
            try {
                Socket client = open.accept();
                connections.incrementAndGet();
                Relay relay = new Relay(this, client, targetPort);
                relays.add(relay);
                relay.start();
            } catch (IOException e) {
                // Closed meanwhile, or a client that was gone at once: the loop's condition tells.
                continue;
            }
        }
    }

    private static ServerSocket bind(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            // It is gone either way, which is all that was wanted.
            return;
        }
    }
}
