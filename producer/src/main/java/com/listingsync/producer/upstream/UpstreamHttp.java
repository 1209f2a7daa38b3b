package com.listingsync.producer.upstream;

import com.listingsync.common.http.RetryAfter;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.Secret;
import com.listingsync.producer.connection.Auth;
import com.listingsync.producer.upstream.UpstreamException.Kind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Authorised GET requests of one connection, under its {@link Guard}. Thread-safe.
 *
 * <p>An attempt includes the reading of the body: a body that breaks off is repeated like a request that was never
 * answered. A 401 renews the token once and repeats the request within the same attempt.
 */
public final class UpstreamHttp implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final int HTTP_UNAUTHORIZED = 401;
    private static final String JSON = "application/json";

    private final String connection;
    private final OkHttpClient http;
    private final Tokens tokens;
    private final Guard guard;
    private final Meters meters;
    private final Clock clock;

    /**
     * Reads a body; called once per attempt.
     *
     * @param <T> what it makes of it
     */
    public interface BodyReader<T> {
        /**
         * Reads a body to its end.
         *
         * @throws IOException when the body breaks off
         * @throws UpstreamException when it is not what it should be
         */
        T read(ResponseBody body) throws IOException, InterruptedException;
    }

    /**
     * @param silence how long a server may send nothing, before its answer or within it: a page of 200 MB may take its time, a
     *     silent server may not
     */
    public UpstreamHttp(String connection, Auth auth, Guard guard, Duration silence, Meters meters, Clock clock) {
        this.connection = connection;
        this.http = new OkHttpClient.Builder()
                .dispatcher(new Dispatcher())
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(silence)
                .retryOnConnectionFailure(false)
                // A redirect could lead to another host, and the token with it.
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
        this.tokens = auth.fold(
                token -> new GivenToken(token.token()), credentials -> new OauthTokens(credentials, http, clock));
        this.guard = guard;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * What {@code reader} makes of the answer to a GET.
     *
     * @param tooMuch what is done when the answer does not come in time
     *
     * @throws UpstreamException when the source can't be read, after the retries that made sense
     * @throws InterruptedException when the connection is being stopped
     */
    public <T> T get(HttpUrl url, TooMuch tooMuch, BodyReader<T> reader) throws InterruptedException {
        return guard.call(tooMuch, () -> attempt(url, reader));
    }

    /**
     * One answer, whatever its status: not repeated, and no part of anybody's pass.
     *
     * @param accept the media type wanted
     * @param mostBytes how much of its body is kept
     * @throws IOException when there is no answer
     */
    public Glance glance(HttpUrl url, String accept, long mostBytes) throws IOException {
        try (Response response = authorised(url, accept)) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            response.headers().names().forEach(name -> headers.put(name, String.valueOf(response.header(name))));
            return new Glance(
                    response.code(), headers, response.peekBody(mostBytes).string());
        }
    }

    /** Breaks off what is under way; its readers see a broken body. */
    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private <T> T attempt(HttpUrl url, BodyReader<T> reader) throws InterruptedException {
        long begun = System.nanoTime();
        String status = "failed";
        try (Response response = authorised(url, JSON)) {
            status = Integer.toString(response.code());
            if (response.code() != 200) {
                throw refusal(url, response);
            }
            return reader.read(response.body());
        } catch (IOException e) {
            // What came of the body is dropped by its reader; the guard repeats the request.
            status = "failed";
            throw new UpstreamException(
                    IoWords.timedOut(e) ? Kind.TOO_MUCH : Kind.PASSING, url.host() + ": " + IoWords.of(e), e);
        } finally {
            meters.timer(Meter.PRODUCER_REQUESTS, connection, status)
                    .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }

    private Response authorised(HttpUrl url, String accept) throws IOException {
        Secret token = tokens.current();
        Response response = send(url, token, accept);
        if (response.code() == HTTP_UNAUTHORIZED && tokens.renewAfter(token)) {
            response.close();
            return send(url, tokens.current(), accept);
        }
        return response;
    }

    // OkHttp asks for gzip and unpacks it by itself as long as nobody sets Accept-Encoding.
    private Response send(HttpUrl url, Secret token, String accept) throws IOException {
        long asked = System.nanoTime();
        Response response = http.newCall(new Request.Builder()
                        .url(url)
                        .header("Authorization", "Bearer " + token.reveal())
                        .header("Accept", accept)
                        .build())
                .execute();
        guard.answered(System.nanoTime() - asked, response::header);
        return response;
    }

    private UpstreamException refusal(HttpUrl url, Response response) {
        int status = response.code();
        Duration wait = RetryAfter.of(response::header, clock.instant()).orElse(null);
        String words = url.host() + " answered " + url.encodedPath() + " with HTTP " + status;
        return switch (status) {
            case HTTP_UNAUTHORIZED, 403 ->
                new UpstreamException(
                        Kind.UNAUTHORIZED,
                        status,
                        null,
                        words + ": the token of this connection is not accepted",
                        null);
            case 429 ->
                new UpstreamException(
                        Kind.LIMITED,
                        status,
                        wait,
                        words + ": too many requests" + (wait == null ? "" : ", wait " + wait.toSeconds() + " s"),
                        null);
            case 413 -> new UpstreamException(Kind.TOO_MUCH, status, null, words + ": the page is too large", null);
            case 408, 425 -> new UpstreamException(Kind.TOO_MUCH, status, wait, words, null);
            default ->
                status >= 500
                        ? new UpstreamException(Kind.PASSING, status, wait, words, null)
                        : new UpstreamException(Kind.FINAL, status, null, words + finalHint(status), null);
        };
    }

    private static String finalHint(int status) {
        if (status >= 300 && status < 400) {
            return ": it redirects elsewhere, and the token is not sent there; put the right address into url";
        }
        return switch (status) {
            case 404 -> ": there is no such resource; check url and resource";
            case 400 -> ": the query is not accepted; check profile, paging, clock, key and filter";
            default -> "";
        };
    }
}
