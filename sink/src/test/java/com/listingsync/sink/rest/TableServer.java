package com.listingsync.sink.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Upserts into {@link Tables} over HTTP, in the words of PostgREST as far as the sink hears them; each request may first be sent to a
 * {@link Mood}. Thread-safe.
 */
public final class TableServer implements AutoCloseable {

    static {
        // Without it each answer waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** What becomes of a request. */
    public sealed interface Mood {
        /** It is done and answered. */
        record Willing() implements Mood {}

        /** It is answered with this and not done. */
        record Saying(int status, String code) implements Mood {}

        /** It is done, and the connection ends without an answer. */
        record Mute() implements Mood {}

        /** The connection ends without an answer; it is done before some later request, or at the end: a client that gave up. */
        record Late() implements Mood {}

        /** The connection ends, and nothing is done. */
        record Gone() implements Mood {}
    }

    public static final Mood WILLING = new Mood.Willing();

    /** A request as moods see it. */
    public record Upsert(String table, int rows) {}

    private record Pending(String table, JsonNode rows) {}

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<Pending> late = new ArrayList<>();
    private volatile Tables tables = new Tables();
    private volatile Function<Upsert, Mood> moods = request -> WILLING;

    private TableServer(HttpServer http) {
        this.http = http;
    }

    public static TableServer start() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TableServer server = new TableServer(http);
            http.createContext("/", server::handle);
            http.setExecutor(server.threads);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** Begins anew with these tables and this mood. */
    public void reset(Tables empty, Function<Upsert, Mood> mood) {
        synchronized (late) {
            late.clear();
        }
        tables = empty;
        moods = mood;
        requests.set(0);
    }

    /** Requests since the last reset. */
    public int requests() {
        return requests.get();
    }

    /** Does everything that clients have given up on. */
    public void settle() {
        List<Pending> all;
        synchronized (late) {
            all = List.copyOf(late);
            late.clear();
        }
        all.forEach(each -> tables.upsert(each.table(), each.rows()));
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode rows = Json.MAPPER.readTree(exchange.getRequestBody());
            String table = exchange.getRequestURI().getPath().substring(1);
            requests.incrementAndGet();
            Mood mood = moods.apply(new Upsert(table, rows.size()));
            if (mood instanceof Mood.Saying saying) {
                refuse(exchange, saying);
            } else if (mood instanceof Mood.Late) {
                synchronized (late) {
                    late.add(new Pending(table, rows));
                }
            } else if (!(mood instanceof Mood.Gone)) {
                doLateOne();
                Tables.Effect effect = tables.upsert(table, rows);
                if (mood instanceof Mood.Willing) {
                    answer(exchange, effect);
                }
            }
        }
    }

    /** The oldest first. */
    private void doLateOne() {
        Pending oldest = null;
        synchronized (late) {
            Iterator<Pending> all = late.iterator();
            if (all.hasNext() && late.size() > 2) {
                oldest = all.next();
                all.remove();
            }
        }
        if (oldest != null) {
            tables.upsert(oldest.table(), oldest.rows());
        }
    }

    private static void answer(HttpExchange exchange, Tables.Effect effect) throws IOException {
        if (!effect.code().isEmpty()) {
            refuse(exchange, new Mood.Saying(effect.status(), effect.code()));
            return;
        }
        boolean tellsIds =
                String.valueOf(exchange.getRequestHeaders().getFirst("Prefer")).contains("representation");
        exchange.getResponseHeaders()
                .set("Content-Range", "*/" + effect.written().size());
        exchange.getResponseHeaders()
                .set(
                        "Preference-Applied",
                        tellsIds ? "return=representation, count=exact" : "return=minimal, count=exact");
        if (tellsIds) {
            String ids = effect.written().stream()
                    .map(id -> "{\"id\":\"" + id + "\"}")
                    .collect(Collectors.joining(",", "[", "]"));
            send(exchange, 200, ids);
        } else {
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static void refuse(HttpExchange exchange, Mood.Saying saying) throws IOException {
        send(exchange, saying.status(), "{\"code\":\"" + saying.code() + "\",\"message\":\"invalid input\"}");
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
