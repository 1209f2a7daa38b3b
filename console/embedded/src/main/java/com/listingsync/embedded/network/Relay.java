package com.listingsync.embedded.network;

import com.listingsync.embedded.network.Weather.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One connection through the proxy, with a thread for each direction. Thread-safe. */
final class Relay {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final FaultProxy proxy;
    private final Socket client;
    private final int targetPort;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Socket target;
    /** Whether something of it went into a blackhole; the rest then must not arrive either. */
    private volatile boolean swallowed;

    Relay(FaultProxy proxy, Socket client, int targetPort) {
        this.proxy = proxy;
        this.client = client;
        this.targetPort = targetPort;
    }

    void start() {
        daemon("fault-proxy-requests", this::requests);
    }

    /** A blackhole swallows what is under way, and lets go of it only by ending it. */
    void weatherChanged() {
        if (proxy.weather().kind() == Kind.FAIR && swallowed) {
            reset();
        }
    }

    /** Ends both sides in good order. */
    void close() {
        end();
    }

    /** Ends the client's side with a reset. */
    void reset() {
        try {
            client.setSoLinger(true, 0);
        } catch (IOException e) {
            // Already closed, which is what comes next.
            end();
            return;
        }
        end();
    }

    private void requests() {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), targetPort);
            target = server;
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            daemon("fault-proxy-answers", () -> answers(server));
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (proxy.weather().kind() == Kind.RESET) {
                    reset();
                    return;
                }
                if (proxy.weather().kind() == Kind.BLACKHOLE || swallowed) {
                    swallowed = true;
                } else {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // One side is gone: so is the other, next.
            reset();
        } finally {
            end();
        }
    }

    private void answers(Socket server) {
        try {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Weather now = proxy.weather();
                LockSupport.parkNanos(now.latency().toNanos());
                switch (now.kind()) {
                    case FAIR -> out.write(buffer, 0, read);
                    case RESET, ANSWERS_RESET -> {
                        reset();
                        return;
                    }
                    case BLACKHOLE -> swallowed = true;
                    case ANSWERS_TRUNCATED -> {
                        out.write(buffer, 0, Math.min(read, now.bytes()));
                        return;
                    }
                    case CLOSED_AFTER_ANSWER -> {
                        out.write(buffer, 0, read);
                        return;
                    }
                }
            }
        } catch (IOException e) {
            // One side is gone: so is the other, next.
            reset();
        } finally {
            end();
        }
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            proxy.ended(this);
            FaultProxy.closeQuietly(client);
            Socket server = target;
            if (server != null) {
                FaultProxy.closeQuietly(server);
            }
        }
    }

    static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
