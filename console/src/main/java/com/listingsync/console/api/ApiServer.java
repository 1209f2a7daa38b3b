package com.listingsync.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.Json;
import com.listingsync.console.run.RunJson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The console's HTTP side, read-only: {@code GET /api/runs} (the newest 100) and {@code GET /api/runs/ID}. Errors are
 * problem+json (RFC 9457). Thread-safe.
 */
public final class ApiServer implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int NEWEST = 100;
    private static final String RUNS = "/api/runs";

    private final String host;
    private final RunsBook runs;
    private final HttpServer server;
    private final ExecutorService threads;

    /**
     * Binds the port; nothing is served before {@link #start()}.
     *
     * @throws SettingsException when the address can't be bound
     */
    public ApiServer(String host, int port, RunsBook runs) {
        this.host = host;
        this.runs = runs;
        try {
            this.server = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            // Nothing has started yet: the person who chose the port sees this and chooses another.
            throw new SettingsException("SYNC_CONSOLE_PORT: the console can't listen on " + host + ":" + port + " ("
                    + e.getMessage() + "); choose a free port or 0");
        }
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "console-api");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to answer. */
    public void start() {
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The root address. */
    public URI uri() {
        String shown = host.equals("0.0.0.0") ? "127.0.0.1" : host;
        return URI.create("http://" + shown + ":" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                send(exchange, 405, problem(405, "only GET is answered here"));
                return;
            }
            Optional<JsonNode> found = find(exchange.getRequestURI().getPath());
            if (found.isPresent()) {
                send(exchange, 200, found.get());
            } else {
                send(exchange, 404, problem(404, "there is nothing here; try " + RUNS));
            }
        }
    }

    private Optional<JsonNode> find(String path) {
        if (path.equals(RUNS)) {
            ArrayNode all = Json.MAPPER.createArrayNode();
            runs.newestFirst().stream().limit(NEWEST).forEach(run -> all.add(RunJson.of(run)));
            return Optional.of(all);
        }
        if (path.startsWith(RUNS + "/")) {
            return runs.run(path.substring(RUNS.length() + 1)).map(RunJson::of);
        }
        return Optional.empty();
    }

    private static JsonNode problem(int status, String title) {
        return Json.MAPPER.createObjectNode().put("status", status).put("title", title);
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = (body + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", status == 200 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
