package com.listingsync.embedded.upstream;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 server on 127.0.0.1 that answers with one {@link Endpoint}, compresses for clients that accept gzip, and
 * commits the {@link Faults} that were ordered. Thread-safe.
 */
public final class LoopbackServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);
    /** Below this many bytes compression costs more than it saves. */
    private static final int SMALLEST_TO_COMPRESS = 1_024;

    /** The host of a server that only this machine reaches. */
    public static final String LOOPBACK = "127.0.0.1";

    private final String name;
    private final String host;
    private final Endpoint endpoint;
    private final Faults faults = new Faults();
    private final HttpServer server;
    private final ExecutorService threads;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * Binds the port; {@link #start} answers.
     *
     * @param host under which clients reach it: {@code 127.0.0.1} binds loopback only, any other every interface
     * @param port 0 for any free one
     * @throws UncheckedIOException when the port is taken, which the message names
     */
    public LoopbackServer(String name, String host, int port, int threadCount, Endpoint endpoint) {
        // Without it every answer waits 40 ms for a delayed acknowledgement; read once, when HttpServer is first used.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        this.name = name;
        this.host = host;
        this.endpoint = endpoint;
        try {
            server = HttpServer.create(
                    host.equals(LOOPBACK)
                            ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                            : new InetSocketAddress(port),
                    0);
        } catch (IOException e) {
            // Nothing is lost: whoever starts the sample sees which port.
            throw new UncheckedIOException("The " + name + " can't listen on port " + port + ": " + e.getMessage(), e);
        }
        threads = Executors.newFixedThreadPool(threadCount, task -> {
            Thread daemon = new Thread(task, name);
            daemon.setDaemon(true);
            return daemon;
        });
    }

    public void start() {
        server.setExecutor(threads);
        server.createContext("/", this::exchange);
        server.start();
    }

    /** Such as {@code http://127.0.0.1:8090}, without a slash at its end. */
    public URI uri() {
        return URI.create("http://" + host + ":" + server.getAddress().getPort());
    }

    /** Requests that arrived, those that met a fault too. */
    public long requestCount() {
        return requests.get();
    }

    public Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            closing.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private void exchange(HttpExchange exchange) {
        requests.incrementAndGet();
        try {
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes());
            Optional<Fault> fault = faults.take(request.path());
            if (fault.isPresent()) {
                answerFaulty(exchange, request, fault.get());
            } else {
                send(exchange, request, answer(request), Integer.MAX_VALUE);
            }
        } catch (IOException e) {
            // The client is gone; it knows, and nobody else needs to.
            LOG.atDebug().addKeyValue("server", name).setCause(e).log("client went away");
        } finally {
            exchange.close();
        }
    }

    private void answerFaulty(HttpExchange exchange, Request request, Fault fault) throws IOException {
        if (fault instanceof Fault.Answer other) {
            send(exchange, request, other.reply(), Integer.MAX_VALUE);
        } else if (fault instanceof Fault.Truncated) {
            Reply reply = answer(request);
            send(exchange, request, reply, reply.body().length / 2);
        } else if (fault instanceof Fault.Slow slow) {
            waitFor(slow.delay());
            send(exchange, request, answer(request), Integer.MAX_VALUE);
        }
    }

    private void waitFor(Duration delay) {
        try {
            if (closing.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.atDebug().addKeyValue("server", name).log("closed during an ordered delay");
            }
        } catch (InterruptedException e) {
            // The server closes: the answer comes at once and meets a closed connection.
            Thread.currentThread().interrupt();
        }
    }

    private Reply answer(Request request) {
        try {
            return endpoint.answer(request);
        } catch (IOException | RuntimeException e) {
            // A defect of the sample: the client gets a 500, a person sees the log.
            LOG.atError()
                    .addKeyValue("server", name)
                    .addKeyValue("path", request.path())
                    .setCause(e)
                    .log("sample upstream failed");
            return Reply.json(
                    500, "{\"error\":{\"code\":\"InternalError\",\"message\":\"The sample failed; see its log\"}}");
        }
    }

    /** @param cutAt bytes of the body after which the connection ends, if it is longer */
    private static void send(HttpExchange exchange, Request request, Reply reply, int cutAt) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        reply.headers().forEach(headers::set);
        byte[] body = reply.body();
        boolean whole = cutAt >= body.length;
        if (whole && body.length >= SMALLEST_TO_COMPRESS && acceptsGzip(request)) {
            body = gzip(body);
            headers.set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body, 0, Math.min(cutAt, body.length));
        }
        if (body.length > 0 && whole) {
            exchange.getResponseBody().close();
        } else if (body.length > 0) {
            exchange.getResponseBody().flush();
        }
    }

    private static boolean acceptsGzip(Request request) {
        return request.header("Accept-Encoding").orElse("").contains("gzip");
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 6 + 64);
        try (GZIPOutputStream gzip = new FastGzip(compressed)) {
            gzip.write(body);
        }
        return compressed.toByteArray();
    }

    /** At the fastest level, which takes half the time of the usual one and a few percent more bytes. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, 8_192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
