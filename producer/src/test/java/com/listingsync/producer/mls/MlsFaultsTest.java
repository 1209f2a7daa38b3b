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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MlsFaultsTest {

    private static final Limits UNLIMITED =
            new Limits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), 4);

    private final MockWebServer server = new MockWebServer();
    private final Meters meters = new Meters();
    private Optional<UpstreamHttp> http = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        http.ifPresent(UpstreamHttp::close);
        server.close();
        meters.close();
    }

    @Nested
    class APageThatBreaks {

        @Test
        void isReadAgainAndWhatCameOfItIsDropped() throws Exception {
            String page = page("1", "2", "3");
            server.enqueue(new MockResponse.Builder()
                    .body(page)
                    .onResponseBody(new SocketEffect.CloseSocket())
                    .build());
            server.enqueue(ok("<html>We'll be back soon</html>"));
            server.enqueue(ok(page.substring(0, page.length() - 20)));
            server.enqueue(ok(""));
            server.enqueue(ok(page));
            server.enqueue(ok(page()));

            Reading reading = read(Paging.COMPOUND_CURSOR);

            assertThat(reading.keys).containsExactly("1", "2", "3");
            assertThat(reading.problem()).isNull();
        }

        @Test
        void endsTheReadingInWordsWhenItNeverMends() throws Exception {
            server.enqueue(ok(page("1")));
            for (int i = 0; i < 5; i++) {
                server.enqueue(ok("<html></html>"));
            }

            Reading reading = read(Paging.COMPOUND_CURSOR);

            assertThat(reading.keys).containsExactly("1");
            assertThat(reading.problem()).isEqualTo(server.getHostName() + " answered with something that is not JSON");
        }
    }

    @Nested
    class AServerThatHoldsBack {

        @Test
        void isAskedAgainAfterTheWaitItNames() throws Exception {
            server.enqueue(status(429).setHeader("Retry-After", "1").build());
            server.enqueue(status(429)
                    .setHeader("X-Rate-Limit-Retry-After-Seconds", "0")
                    .build());
            server.enqueue(status(503).build());
            server.enqueue(ok(page("1")));
            server.enqueue(ok(page()));
            long begun = System.nanoTime();

            Reading reading = read(Paging.COMPOUND_CURSOR);

            assertThat(reading.keys).containsExactly("1");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }

        @Test
        void isLeftAloneWhenItNamesTooLongAWait() throws Exception {
            server.enqueue(status(429).setHeader("Retry-After", "86400").build());

            Reading reading = read(Paging.COMPOUND_CURSOR);

            assertThat(reading.problem()).contains("HTTP 429").contains("wait 86400 s");
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void isAskedForSmallerPagesWhenOneIsTooLarge() throws Exception {
            server.enqueue(status(413).build());
            server.enqueue(ok(page("1")));
            server.enqueue(ok(page()));

            Reading reading = read(Paging.COMPOUND_CURSOR);

            assertThat(reading.keys).containsExactly("1");
            assertThat(nextQuery().queryParameter("$top")).isEqualTo("100");
            assertThat(nextQuery().queryParameter("$top")).isEqualTo("50");
        }
    }

    @Nested
    class AToken {

        @Test
        void thatIsNotAcceptedStopsTheReadingInClearWords() throws Exception {
            server.enqueue(status(401).build());

            Reading reading = read(Paging.COMPOUND_CURSOR);

            assertThat(reading.problem()).contains("HTTP 401", "the token of this connection is not accepted");
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void thatDiesInMidRunIsRenewedOnce() throws Exception {
            server.enqueue(ok("{\"access_token\":\"one\",\"expires_in\":3600}"));
            server.enqueue(ok(page("1")));
            server.enqueue(status(401).build());
            server.enqueue(ok("{\"access_token\":\"two\",\"expires_in\":3600}"));
            server.enqueue(ok(page("2")));
            server.enqueue(ok(page()));

            Reading reading = read(Paging.COMPOUND_CURSOR, Cursor.FIRST, clientCredentials());

            assertThat(reading.keys).containsExactly("1", "2");
            String form = "grant_type=client_credentials&client_id=me&client_secret=s&scope=api";
            assertThat(server.takeRequest().getBodySize()).isEqualTo(form.length());
            assertThat(authorizations(5)).containsExactly("Bearer one", "Bearer one", null, "Bearer two", "Bearer two");
        }

        @Test
        void isRefusedForGoodAfterTheSecondRefusal() throws Exception {
            server.enqueue(ok("{\"access_token\":\"one\",\"expires_in\":3600}"));
            server.enqueue(status(401).build());
            server.enqueue(ok("{\"access_token\":\"two\",\"expires_in\":3600}"));
            server.enqueue(status(401).build());

            Reading reading = read(Paging.COMPOUND_CURSOR, Cursor.FIRST, clientCredentials());

            assertThat(reading.problem()).contains("the token of this connection is not accepted");
            assertThat(server.getRequestCount()).isEqualTo(4);
        }

        @Test
        void isNotSentToWhereARedirectLeads() throws Exception {
            server.enqueue(status(302)
                    .setHeader("Location", "https://elsewhere.example.com/")
                    .build());

            Reading reading = read(Paging.COMPOUND_CURSOR);

            assertThat(reading.problem()).contains("redirects elsewhere");
        }
    }

    @Nested
    class ALink {

        @Test
        void isFollowedThoughThePageIsShort() throws Exception {
            server.enqueue(ok(linked("Property?$skiptoken=2", "1")));
            server.enqueue(ok(linked(server.url("/odata/Property?$skiptoken=3").toString())));
            server.enqueue(ok(page("2")));
            server.enqueue(ok(page()));

            Reading reading = read(Paging.COMPOUND_CURSOR);

            assertThat(reading.keys).containsExactly("1", "2");
            nextQuery();
            assertThat(nextQuery().queryParameter("$skiptoken")).isEqualTo("2");
            assertThat(nextQuery().queryParameter("$skiptoken")).isEqualTo("3");
            assertThat(nextQuery().queryParameter("$filter")).contains("gt '2'");
        }

        @Test
        void thatHasExpiredIsReplacedByTheCursor() throws Exception {
            server.enqueue(ok(linked("Property?$skiptoken=2", "1")));
            server.enqueue(status(404).build());
            server.enqueue(ok(page("2")));
            server.enqueue(ok(page()));

            Reading reading = read(Paging.COMPOUND_CURSOR);

            assertThat(reading.keys).containsExactly("1", "2");
            assertThat(reading.problem()).isNull();
        }

        @Test
        void thatLeadsBackStopsTheReading() throws Exception {
            server.enqueue(ok(linked("Property?$skiptoken=2", "1")));
            server.enqueue(ok(linked("Property?$skiptoken=2", "2")));

            Reading reading = read(Paging.COMPOUND_CURSOR);

            assertThat(reading.problem())
                    .isEqualTo("feed property makes no progress: a nextLink leads back to a page that was read before");
        }

        @Test
        void isTheWholePagingOfAServerThatDoesNotSort() throws Exception {
            server.enqueue(ok(linked("Property?p=2", "3")));
            server.enqueue(ok(page("1", "2")));

            Reading reading = read(Paging.NEXT_LINK);

            assertThat(reading.keys).containsExactly("3", "1", "2");
            assertThat(server.getRequestCount()).isEqualTo(2);
            assertThat(reading.states.get(0).at()).isEqualTo(Cursor.FIRST);
            assertThat(reading.states.get(0).link())
                    .isEqualTo(server.url("/odata/Property?p=2").toString());
            assertThat(reading.states.get(1)).isEqualTo(new ReadState(new Cursor(clock("3"), "0"), null, null));
        }
    }

    @Nested
    class AReading {

        @Test
        void thatMovesNothingStopsAndSaysWhere() throws Exception {
            server.enqueue(ok(page("1", "2")));
            server.enqueue(ok(page("1", "2")));

            Reading reading = read(Paging.COMPOUND_CURSOR);

            assertThat(reading.problem())
                    .startsWith(
                            "feed property makes no progress: the page after " + clock("2") + " ends where it began");
        }

        @Test
        void thatGoesBackStopsAndSaysWhere() throws Exception {
            server.enqueue(ok(page("5")));
            server.enqueue(ok(page("4")));

            Reading reading = read(Paging.COMPOUND_CURSOR);

            assertThat(reading.problem()).contains("ends earlier", "does not sort");
        }

        @Test
        void ofRecordsWithoutAClockStopsAndSaysSo() throws Exception {
            server.enqueue(ok("{\"value\":[{\"ListingKey\":\"1\"}]}"));

            Reading reading = read(Paging.COMPOUND_CURSOR);

            assertThat(reading.problem()).contains("none of the 1 records", "key and clock");
        }

        @Test
        void ofAHostThatIsNotThereSaysSo() throws Exception {
            HttpUrl gone = server.url("/odata");
            server.close();

            Reading reading = read(Paging.COMPOUND_CURSOR, Cursor.FIRST, token(), gone);

            assertThat(reading.problem()).isEqualTo(gone.host() + ": can't be reached; check the url and the network");
        }
    }

    private Reading read(Paging paging) throws InterruptedException {
        return read(paging, Cursor.FIRST, token());
    }

    private Reading read(Paging paging, Cursor from, Auth auth) throws InterruptedException {
        return read(paging, from, auth, server.url("/odata"));
    }

    private Reading read(Paging paging, Cursor from, Auth auth, HttpUrl root) throws InterruptedException {
        RetryRule rule = new RetryRule(5, Duration.ofMillis(1), Duration.ofMinutes(1), Duration.ofSeconds(2));
        Guard guard = new Guard("test", UNLIMITED, rule, meters, Clock.systemUTC());
        UpstreamHttp client = new UpstreamHttp("test", auth, guard, rule.silence(), meters, Clock.systemUTC());
        http = Optional.of(client);
        FeedQuery query = new FeedQuery(root, Feeds.property(paging), true, List.of());
        Handover handover = new Handover();
        Thread fetching = new Thread(
                new PageFetcher(client, query, new ReadState(from, null, null), new PageSize(100), handover));
        fetching.start();
        Reading reading = new Reading();
        while (reading.end.isEmpty()) {
            handover.next().on(reading);
        }
        fetching.join();
        return reading;
    }

    private static Auth token() {
        return new Auth.Token(new Secret("t"));
    }

    private Auth clientCredentials() {
        return new Auth.ClientCredentials(server.url("/token").uri(), "me", new Secret("s"), Optional.of("api"));
    }

    private HttpUrl nextQuery() throws InterruptedException {
        return server.takeRequest().getUrl();
    }

    private List<String> authorizations(int requests) throws InterruptedException {
        List<String> headers = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            RecordedRequest request = server.takeRequest();
            headers.add(request.getHeaders().get("Authorization"));
        }
        return headers;
    }

    private static MockResponse ok(String body) {
        return new MockResponse.Builder().body(body).build();
    }

    private static MockResponse.Builder status(int code) {
        return new MockResponse.Builder().code(code);
    }

    private static String page(String... keys) {
        return "{\"value\":[" + records(keys) + "]}";
    }

    private static String linked(String link, String... keys) {
        return "{\"value\":[" + records(keys) + "],\"@odata.nextLink\":\"" + link + "\"}";
    }

    private static String records(String... keys) {
        List<String> records = new ArrayList<>();
        for (String key : keys) {
            records.add("{\"ListingKey\":\"" + key + "\",\"ModificationTimestamp\":\"" + clock(key) + "\",\"R\":\""
                    + "x".repeat(50) + "\"}");
        }
        return String.join(",", records);
    }

    private static String clock(String key) {
        return "2026-11-22T08:00:0" + key + "Z";
    }

    /** Keeps what is handed over as a writer does: a broken page leaves nothing. */
    private static final class Reading implements Handover.Receiver {
        private final List<String> keys = new ArrayList<>();
        private final List<String> page = new ArrayList<>();
        private final List<ReadState> states = new ArrayList<>();
        private Optional<ReadEnd> end = Optional.empty();

        String problem() {
            assertThat(end.orElseThrow().bug()).isNull();
            return end.orElseThrow().problem();
        }

        @Override
        public void records(List<MlsRecord> records) {
            records.forEach(record -> {
                assertThat(new String(record.json(), StandardCharsets.UTF_8)).endsWith("}");
                page.add(record.key());
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
