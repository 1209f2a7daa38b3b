package com.listingsync.console.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.http.ComplianceViolation;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jetty's requests and responses as calls and replies. Thread-safe. */
final class Exchanges extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);

    private final Function<Call, Reply> answer;

    Exchanges(Function<Call, Reply> answer) {
        this.answer = answer;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (request.getLength() > BodyReading.MOST_READ || isTooLongToBeAskedFor(request)) {
            write(tooMuch().with("connection", "close").reply(), request, response, callback);
            return true;
        }
        if (request.getLength() == 0) {
            write(replyTo(request, new byte[0]), request, response, callback);
            return true;
        }
        Executor threads = getServer().getThreadPool();
        new BodyReading(
                        request,
                        WebServer.MAX_BODY_BYTES,
                        body -> threads.execute(() -> write(replyTo(request, body), request, response, callback)))
                .run();
        return true;
    }

    /** Whoever waits to be told whether to send a body that is too long is told at once. */
    private static boolean isTooLongToBeAskedFor(Request request) {
        return request.getLength() > WebServer.MAX_BODY_BYTES
                && request.getHeaders().contains(HttpHeader.EXPECT);
    }

    private static Problem tooMuch() {
        return Problem.of(413, "a body has at most " + WebServer.MAX_BODY_BYTES + " bytes here");
    }

    private Reply replyTo(Request request, BodyReading.Outcome read) {
        return switch (read.end()) {
            case WHOLE -> replyTo(request, read.body());
            case TOO_LONG -> tooMuch().reply();
            case ENDLESS -> tooMuch().with("connection", "close").reply();
            case BROKEN ->
                Problem.of(400, "the body of the request broke off")
                        .with("connection", "close")
                        .reply();
        };
    }

    private Reply replyTo(Request request, byte[] body) {
        try {
            requireUnderstood(request.getHttpURI());
            requireShort(request);
            return answer.apply(call(request, body));
        } catch (Problem e) {
            // An answer like any other; who asked is told what to do better.
            return e.reply();
        } catch (RuntimeException | Error e) {
            // A bug: the request is lost, its sender is told so, and whoever reads the log learns where.
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("method", request.getMethod())
                    .addKeyValue("path", request.getHttpURI().getCanonicalPath())
                    .log("a request failed by a fault of ours");
            return Problem.of(500, "the console failed; its log says where").reply();
        }
    }

    /** What could mean one address to us and another one to a proxy before us means none. */
    private static void requireUnderstood(HttpURI uri) {
        if (uri.getCanonicalPath() == null
                || UriCompliance.checkUriCompliance(UriCompliance.DEFAULT, uri, ComplianceViolation.Listener.NOOP)
                        != null) {
            throw Problem.of(400, "this address can't be read, or can be read in two ways");
        }
    }

    /** Half of what the parser takes, which hangs up on more and may take its answer along. */
    private static void requireShort(Request request) {
        long length = request.getHttpURI().toString().length();
        for (HttpField field : request.getHeaders()) {
            length += field.getName().length()
                    + (field.getValue() == null ? 0 : field.getValue().length());
        }
        if (length > WebServer.MAX_HEADER_BYTES) {
            throw Problem.of(
                    431,
                    "address and headers have at most " + WebServer.MAX_HEADER_BYTES + " bytes here, found " + length);
        }
    }

    private static Call call(Request request, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue() == null ? "" : field.getValue();
            headers.merge(field.getLowerCaseName(), value, (a, b) -> a + ", " + b);
        }
        return new Call(
                request.getMethod(),
                decoded(request.getHttpURI().getCanonicalPath(), Text.PATH),
                query(request.getHttpURI().getQuery()),
                headers,
                Request.getRemoteAddr(request),
                body);
    }

    private static Map<String, List<String>> query(@Nullable String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (query != null && !query.isEmpty()) {
            for (String pair : query.split("&")) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals), Text.QUERY);
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1), Text.QUERY);
                parameters.computeIfAbsent(name, each -> new ArrayList<>()).add(value);
            }
        }
        return parameters;
    }

    private enum Text {
        PATH,
        QUERY
    }

    /** Percent-decoded, as UTF-8 and nothing else. */
    private static String decoded(String encoded, Text where) {
        byte[] bytes = new byte[encoded.length() * 4];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char at = encoded.charAt(i);
            if (at == '%') {
                int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
                int low = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw Problem.of(400, "the address has a '%' without two hexadecimal digits after it");
                }
                bytes[length++] = (byte) (high * 16 + low);
                i += 2;
            } else if (at == '+' && where == Text.QUERY) {
                bytes[length++] = ' ';
            } else {
                byte[] one = String.valueOf(at).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(one, 0, bytes, length, one.length);
                length += one.length;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            // The sender is told; nothing was begun.
            throw Problem.of(400, "the address is not UTF-8");
        }
    }

    private static void write(Reply reply, Request request, Response response, Callback callback) {
        boolean unused = reply.<Boolean>fold(
                whole -> {
                    response.setStatus(whole.status());
                    SecurityHeaders.forApi().forEach(response.getHeaders()::put);
                    whole.headers().forEach(response.getHeaders()::put);
                    response.write(true, ByteBuffer.wrap(whole.body()), callback);
                    return true;
                },
                stream -> {
                    response.setStatus(200);
                    SecurityHeaders.forApi().forEach(response.getHeaders()::put);
                    response.getHeaders().put("content-type", stream.contentType());
                    response.getHeaders().put("cache-control", "no-store");
                    response.getHeaders().put("x-accel-buffering", "no");
                    open(stream, request, response, callback);
                    return true;
                });
    }

    private static void open(Reply.Stream stream, Request request, Response response, Callback callback) {
        // Whoever listens says nothing: silence is no reason to hang up, a write that fails is.
        request.addIdleTimeoutListener(timeout -> false);
        Outlet outlet = new ResponseOutlet(response, callback);
        response.write(
                false,
                ByteBuffer.allocate(0),
                Callback.from(() -> stream.opened().accept(outlet), callback::failed));
    }

    /** One response that goes on. Thread-safe. */
    private static final class ResponseOutlet implements Outlet {

        private final Response response;
        private final Callback callback;

        ResponseOutlet(Response response, Callback callback) {
            this.response = response;
            this.callback = callback;
        }

        @Override
        public void write(ByteBuffer bytes, Consumer<@Nullable Throwable> done) {
            response.write(false, bytes.slice(), Callback.from(() -> done.accept(null), done));
        }

        @Override
        public void close() {
            callback.failed(new java.io.EOFException("the stream has ended"));
        }
    }
}
