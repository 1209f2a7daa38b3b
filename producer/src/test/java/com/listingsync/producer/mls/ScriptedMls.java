package com.listingsync.producer.mls;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.Secret;
import com.listingsync.producer.connection.Auth;
import com.listingsync.producer.connection.Limits;
import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.upstream.Guard;
import com.listingsync.producer.upstream.RetryRule;
import com.listingsync.producer.upstream.UpstreamHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;

/** An MLS that answers as a test has written down, and readings of it. */
final class ScriptedMls implements AutoCloseable {

    private static final Limits UNLIMITED =
            new Limits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), 4);
    private static final RetryRule RULE =
            new RetryRule(5, Duration.ofMillis(1), Duration.ofMinutes(1), Duration.ofMillis(700));

    private final MockWebServer server = new MockWebServer();
    private final Meters meters = new Meters();
    private final Guard guard = new Guard("test", UNLIMITED, RULE, meters, Clock.systemUTC());
    private final List<UpstreamHttp> clients = new ArrayList<>();

    ScriptedMls() {
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MockWebServer server() {
        return server;
    }

    Reading read(Paging paging) throws InterruptedException {
        return read(paging, Cursor.FIRST, token());
    }

    /** As {@link #read(Paging)}, for other threads. */
    Reading reading(Paging paging) {
        try {
            return read(paging);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Reading read(Paging paging, Cursor from, Auth auth) throws InterruptedException {
        return read(paging, from, auth, server.url("/odata"));
    }

    Reading read(Paging paging, Cursor from, Auth auth, HttpUrl root) throws InterruptedException {
        UpstreamHttp client = new UpstreamHttp("test", auth, guard, RULE.silence(), meters, Clock.systemUTC());
        synchronized (clients) {
            clients.add(client);
        }
        FeedQuery query = new FeedQuery(root, Feeds.property(paging), true, List.of());
        Handover handover = new Handover();
        Thread fetching = new Thread(
                new PageFetcher(client, query, new ReadState(from, null, null), new PageSize(100), handover));
        fetching.start();
        Reading reading = new Reading();
        while (!reading.hasEnded()) {
            handover.next().on(reading);
        }
        fetching.join();
        return reading;
    }

    static Auth token() {
        return new Auth.Token(new Secret("t"));
    }

    Auth clientCredentials() {
        return new Auth.ClientCredentials(server.url("/token").uri(), "me", new Secret("s"), Optional.of("api"));
    }

    HttpUrl nextQuery() throws InterruptedException {
        return server.takeRequest().getUrl();
    }

    /** The page sizes of all requests so far that name one. */
    List<String> sizesAsked() throws InterruptedException {
        List<String> sizes = new ArrayList<>();
        for (int requests = server.getRequestCount(); requests > 0; requests--) {
            Optional.ofNullable(nextQuery().queryParameter("$top")).ifPresent(sizes::add);
        }
        return sizes;
    }

    List<String> authorizations(int requests) throws InterruptedException {
        List<String> headers = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            RecordedRequest request = server.takeRequest();
            headers.add(request.getHeaders().get("Authorization"));
        }
        return headers;
    }

    @Override
    public void close() {
        clients.forEach(UpstreamHttp::close);
        server.close();
        meters.close();
    }

    static MockResponse ok(String body) {
        return new MockResponse.Builder().body(body).build();
    }

    static MockResponse.Builder status(int code) {
        return new MockResponse.Builder().code(code);
    }

    static String page(String... keys) {
        return "{\"value\":[" + records(keys) + "]}";
    }

    static String linked(String link, String... keys) {
        return "{\"value\":[" + records(keys) + "],\"@odata.nextLink\":\"" + link + "\"}";
    }

    /** The clock of the record of this key, which is a number of seconds. */
    static String clock(String key) {
        return "2026-11-22T08:%02d:%02dZ".formatted(Integer.parseInt(key) / 60, Integer.parseInt(key) % 60);
    }

    private static String records(String... keys) {
        List<String> records = new ArrayList<>();
        for (String key : keys) {
            records.add("{\"ListingKey\":\"" + key + "\",\"ModificationTimestamp\":\"" + clock(key) + "\",\"R\":\""
                    + "x".repeat(50) + "\"}");
        }
        return String.join(",", records);
    }

    /** Keeps what is handed over as a writer does: a broken page leaves nothing. */
    static final class Reading implements Handover.Receiver {
        private final List<String> keys = new ArrayList<>();
        private final List<String> page = new ArrayList<>();
        private final List<ReadState> states = new ArrayList<>();
        private Optional<ReadEnd> end = Optional.empty();

        List<String> keys() {
            return keys;
        }

        List<ReadState> states() {
            return states;
        }

        boolean hasEnded() {
            return end.isPresent();
        }

        String problem() {
            assertThat(end.orElseThrow().bug()).isNull();
            return end.orElseThrow().problem();
        }

        @Override
        public void records(List<MlsRecord> records) {
            records.forEach(record -> {
                assertThat(new String(record.json(), StandardCharsets.UTF_8)).endsWith("}");
                page.add(Objects.requireNonNullElse(record.key(), "?"));
            });
        }

        @Override
        public void pageEnd(PageInfo info, ReadState state) {
            keys.addAll(page);
            page.clear();
            states.add(state);
        }

        @Override
        public void pageBroken() {
            page.clear();
        }

        @Override
        public void end(ReadEnd ended) {
            end = Optional.of(ended);
        }
    }
}
