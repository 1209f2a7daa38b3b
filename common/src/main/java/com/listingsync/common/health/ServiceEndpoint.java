package com.listingsync.common.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.health.Health.CheckResult;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.setting.SettingsInForce;
import com.listingsync.common.wire.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The HTTP side of a service: {@code /health/live}, {@code /health/ready} (200, or 503 naming what is wrong, with whatever else the service
 * tells), {@code /metrics} and {@code /settings} (those in force, of secrets only whether they are set). GET only. Thread-safe.
 */
public final class ServiceEndpoint implements AutoCloseable {

    /** Scrapes and probes are rare; two threads keep a slow scrape from hiding a probe. */
    private static final int THREADS = 2;

    private final EndpointSettings settings;
    private final SettingsInForce inForce;
    private final Health health;
    private final Meters meters;
    private final HttpServer server;
    private final ExecutorService threads;

    /**
     * Binds the port; nothing is served before {@link #start()}.
     *
     * @param service its name
     * @param settings where it answers
     * @param inForce what the service was started with
     * @throws SettingsException when the address can't be bound
     */
    public ServiceEndpoint(
            String service, EndpointSettings settings, SettingsInForce inForce, Health health, Meters meters) {
        this.settings = settings;
        this.inForce = inForce;
        this.health = health;
        this.meters = meters;
        try {
            this.server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
        } catch (IOException e) {
            // Nothing has started yet: the person who chose the port sees this and chooses another.
            throw new SettingsException("SYNC_HTTP_PORT: " + service + " can't listen on " + settings.host() + ":"
                    + settings.port() + " (" + e.getMessage() + "); choose a free port or 0");
        }
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, service + "-http");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to answer. */
    public void start() {
        meters.gauge(Meter.READY, () -> health.isReady() ? 1 : 0);
        server.setExecutor(threads);
        server.createContext("/health/live", checks(health::live, Map::of));
        server.createContext("/health/ready", checks(health::ready, health::facts));
        server.createContext(
                "/metrics",
                exchange -> answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", meters.scrape()));
        server.createContext("/settings", exchange -> answer(exchange, 200, "application/json", inForce.json() + "\n"));
        server.createContext(
                "/",
                exchange -> answer(
                        exchange,
                        404,
                        "text/plain; charset=utf-8",
                        "try /health/live, /health/ready, /metrics or /settings\n"));
        server.start();
    }

    /** The address to ask, such as {@code http://127.0.0.1:8081}. */
    public URI uri() {
        String host = settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host();
        return URI.create("http://" + host + ":" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static HttpHandler checks(Supplier<List<CheckResult>> run, Supplier<Map<String, Object>> facts) {
        return exchange -> {
            List<CheckResult> results = run.get();
            boolean passed = results.stream().allMatch(CheckResult::passed);
            answer(exchange, passed ? 200 : 503, "application/json", body(passed, results, facts.get()));
        };
    }

    private static String body(boolean passed, List<CheckResult> results, Map<String, Object> facts) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("status", passed ? "up" : "down");
        ArrayNode checks = body.putArray("checks");
        for (CheckResult result : results) {
            ObjectNode check = checks.addObject().put("name", result.name()).put("ok", result.passed());
            result.problem().ifPresent(problem -> check.put("problem", problem));
        }
        facts.forEach((name, value) -> body.set(name, Json.MAPPER.valueToTree(value)));
        return body + "\n";
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }
}
