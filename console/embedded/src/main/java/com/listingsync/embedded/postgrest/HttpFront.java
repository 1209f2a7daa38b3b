package com.listingsync.embedded.postgrest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between the HTTP server of the JDK and {@link RestService}: reads requests, writes answers, counts. Thread-safe. */
final class HttpFront implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final Gateway gateway;
    private final RestService service;
    private final RestFaults faults;
    private final AtomicLong requests = new AtomicLong();

    HttpFront(Gateway gateway, RestService service, RestFaults faults) {
        this.faults = faults;
        this.gateway = gateway;
        this.service = service;
    }

    /** Requests read so far. */
    long requests() {
        return requests.get();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            RestRequest request = read(exchange);
            requests.incrementAndGet();
            Optional<RestFault> fault = faults.take(request);
            if (fault.isPresent()) {
                fail(exchange, request, fault.get());
            } else {
                write(exchange, Cors.opened(request, answer(request)), request);
            }
        }
    }

    /** Does what was ordered; an exchange that is closed without an answer ends its connection. */
    private void fail(HttpExchange exchange, RestRequest request, RestFault fault) throws IOException {
        if (fault instanceof RestFault.Answered other) {
            write(exchange, new Answer(other.status(), other.headers(), other.body()), request);
        } else if (fault instanceof RestFault.Slow slow) {
            faults.await(slow.delay());
            write(exchange, Cors.opened(request, answer(request)), request);
        } else if (fault instanceof RestFault.Hanging) {
            faults.await(FOR_EVER);
        } else if (fault instanceof RestFault.CutAfterCommit) {
            Answer unheard = answer(request);
            LOG.atDebug().addKeyValue("status", unheard.status()).log("An answer was kept back, as ordered");
        }
    }

    private Answer answer(RestRequest request) {
        try {
            Optional<Answer> refusal = gateway.refusal(request);
            return refusal.isPresent() ? refusal.get() : service.answer(gateway.behind(request));
        } catch (RuntimeException e) {
            // Our bug: this request fails as PostgREST's internal errors do, the log has the trace, the server goes on.
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("method", request.method())
                    .addKeyValue("path", request.path())
                    .log("Request failed");
            return RestError.of(500, "PGRSTX00", "Internal error").toAnswer();
        }
    }

    private static RestRequest read(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        String query = exchange.getRequestURI().getRawQuery();
        String path = exchange.getRequestURI().getPath();
        return new RestRequest(
                exchange.getRequestMethod().toUpperCase(Locale.ROOT),
                path == null || path.isEmpty() ? "/" : path,
                QueryString.parse(query == null ? "" : query),
                headers,
                body(exchange));
    }

    /** Read into one array of the announced length, which saves a copy. */
    private static byte[] body(HttpExchange exchange) throws IOException {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        InputStream in = exchange.getRequestBody();
        if (length == null || !length.strip().matches("\\d{1,9}")) {
            return in.readAllBytes();
        }
        byte[] body = new byte[Integer.parseInt(length.strip())];
        int read = in.readNBytes(body, 0, body.length);
        if (read < body.length) {
            throw new IOException("The client announced " + body.length + " bytes and sent " + read + ".");
        }
        return body;
    }

    private static void write(HttpExchange exchange, Answer answer, RestRequest request) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Server", "postgrest/" + PostgrestServer.IMITATED_VERSION + " (stand-in)");
        byte[] body = answer.body();
        if (body.length == 0 || request.method().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
