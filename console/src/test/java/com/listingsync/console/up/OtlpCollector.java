package com.listingsync.console.up;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A collector of traces that takes OTLP (protobuf over HTTP) as a real one does and keeps every span. Thread-safe. */
final class OtlpCollector implements AutoCloseable {

    private final List<OtlpSpan> spans = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile boolean hangs;

    OtlpCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /** What OTEL_EXPORTER_OTLP_ENDPOINT says. */
    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<OtlpSpan> spans() {
        return List.copyOf(spans);
    }

    Optional<OtlpSpan> parentOf(OtlpSpan span) {
        return spans.stream()
                .filter(other ->
                        other.id().equals(span.parent()) && other.trace().equals(span.trace()))
                .findFirst();
    }

    /** The span and those above it, up to the first of its trace that has come. */
    List<OtlpSpan> upwards(OtlpSpan span) {
        List<OtlpSpan> way = new ArrayList<>(List.of(span));
        for (Optional<OtlpSpan> next = parentOf(span); next.isPresent(); next = parentOf(next.get())) {
            way.add(next.get());
        }
        return way;
    }

    /** From now on it takes connections and never answers. */
    void hang() {
        hangs = true;
    }

    /** From now on there is nobody at its address. */
    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        if (hangs) {
            awaitClosing();
        }
        try (exchange;
                InputStream body = body(exchange)) {
            spans.addAll(OtlpSpan.of(body.readAllBytes()));
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }
}
