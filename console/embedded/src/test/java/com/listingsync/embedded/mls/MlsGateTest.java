package com.listingsync.embedded.mls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.embedded.upstream.Fault;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.SampleWorld;
import com.listingsync.embedded.world.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MlsGateTest {
    private static final SampleWorld WORLD = SampleWorld.generate(5, 60, null);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-10T12:00:00Z"));
    private final List<SampleMls> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(SampleMls::close);
    }

    @Test
    void showsEachTokenItsOwnRows() throws IOException {
        SampleMls mls = start(MlsOptions.defaults());

        int idx = count(mls, mls.idxToken());
        int vow = count(mls, mls.vowToken());

        assertThat(vow).isEqualTo(60);
        assertThat(idx).isBetween(30, 59);
    }

    @Test
    void answers401WithoutAKnownToken() throws IOException {
        SampleMls mls = start(MlsOptions.defaults());

        try (Response response = new MlsClient(mls, "guessed").call(new MlsClient(mls, "").url("Property"))) {
            assertThat(response.code()).isEqualTo(401);
            assertThat(response.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(MlsClient.json(response).at("/error/code").asText()).isEqualTo("Unauthorized");
        }
    }

    @Test
    void issuesTokensThatExpire() throws IOException {
        SampleMls mls = start(MlsOptions.defaults().withTokenLifetime(Duration.ofMinutes(10)));
        MlsClient client = new MlsClient(mls, issue(mls, Feed.VOW));

        assertThat(client.get("Property", "$count", "true").get("@odata.count").asInt())
                .isEqualTo(60);
        clock.advance(Duration.ofMinutes(10));

        assertThat(client.status("Property")).isEqualTo(401);
    }

    @Test
    void endsIssuedTokensInMidRun() throws IOException {
        SampleMls mls = start(MlsOptions.defaults());
        MlsClient issued = new MlsClient(mls, issue(mls, Feed.IDX));

        mls.revokeIssuedTokens();

        assertThat(issued.status("Property")).isEqualTo(401);
        assertThat(new MlsClient(mls, mls.idxToken()).status("Property")).isEqualTo(200);
    }

    @Test
    void refusesUnknownClientsAndGrants() throws IOException {
        SampleMls mls = start(MlsOptions.defaults());

        try (Response wrong = MlsClient.tokenRequest(mls, SampleMls.clientId(Feed.VOW), "guessed")) {
            assertThat(wrong.code()).isEqualTo(401);
            assertThat(MlsClient.json(wrong).get("error").asText()).isEqualTo("invalid_client");
        }
        try (Response grant = new OkHttpClient()
                .newCall(new Request.Builder()
                        .url(mls.tokenUri().toString())
                        .post(new FormBody.Builder()
                                .add("grant_type", "password")
                                .build())
                        .build())
                .execute()) {
            assertThat(grant.code()).isEqualTo(400);
            assertThat(MlsClient.json(grant).get("error").asText()).isEqualTo("unsupported_grant_type");
        }
    }

    @Test
    void takesClientCredentialsInTheAuthorizationHeaderToo() throws IOException {
        SampleMls mls = start(MlsOptions.defaults());
        Request request = new Request.Builder()
                .url(mls.tokenUri().toString())
                .header(
                        "Authorization",
                        Credentials.basic(SampleMls.clientId(Feed.IDX), SampleMls.clientSecret(Feed.IDX)))
                .post(new FormBody.Builder()
                        .add("grant_type", "client_credentials")
                        .build())
                .build();

        try (Response response = new OkHttpClient().newCall(request).execute()) {
            assertThat(MlsClient.json(response).get("expires_in").asInt()).isEqualTo(28_800);
        }
    }

    @Test
    void saysInSecondsWhenToComeBack() throws IOException {
        MlsClient client = exhausted(RetryHeader.SECONDS);

        try (Response response = client.call(client.url("Property"))) {
            assertThat(response.code()).isEqualTo(429);
            assertThat(response.header("Retry-After")).isEqualTo("60");
        }
        clock.advance(Duration.ofSeconds(60));
        assertThat(client.status("Property")).isEqualTo(200);
    }

    @Test
    void saysByDateWhenToComeBack() throws IOException {
        MlsClient client = exhausted(RetryHeader.DATE);

        try (Response response = client.call(client.url("Property"))) {
            assertThat(response.header("Retry-After")).isEqualTo("Tue, 10 Mar 2026 12:01:00 GMT");
        }
    }

    @Test
    void saysInAmpresWordsWhenToComeBack() throws IOException {
        MlsClient client = exhausted(RetryHeader.AMPRE);

        try (Response response = client.call(client.url("Property"))) {
            assertThat(response.header("Retry-After")).isNull();
            assertThat(response.header("X-Rate-Limit-Retry-After-Seconds")).isEqualTo("60");
            assertThat(response.header("X-Rate-Limit-Remaining")).isEqualTo("0");
        }
        clock.advance(Duration.ofMinutes(1));
        try (Response response = client.call(client.url("Property"))) {
            assertThat(response.header("X-Rate-Limit-Remaining")).isEqualTo("1");
        }
    }

    @Test
    void mayNotSayAtAllWhenToComeBack() throws IOException {
        MlsClient client = exhausted(RetryHeader.NONE);

        try (Response response = client.call(client.url("Property"))) {
            assertThat(response.code()).isEqualTo(429);
            assertThat(response.header("Retry-After")).isNull();
        }
    }

    @Test
    void failsAsOrderedAndThenNoMore() throws IOException {
        SampleMls mls = start(MlsOptions.defaults());
        MlsClient client = new MlsClient(mls, mls.vowToken());
        mls.faults().failNext(1, Fault.status(503));
        mls.faults().failNext(1, Fault.tooMany("Retry-After", "3"));
        mls.faults().failNext(1, Fault.htmlPage());
        mls.faults().failNext(1, Fault.emptyPage());
        mls.faults().failNext(1, Fault.truncated());
        mls.faults().failNext(1, Fault.dropped());
        mls.faults().failNext(1, "/Media", Fault.status(500));

        assertThat(client.status("Property")).isEqualTo(503);
        assertThat(client.status("Property")).isEqualTo(429);
        try (Response page = client.call(client.url("Property"))) {
            assertThat(page.code()).isEqualTo(200);
            assertThat(page.body().string()).startsWith("<!DOCTYPE html>");
        }
        assertThat(client.get("Property").get("value")).isEmpty();
        assertThatThrownBy(() -> client.get("Property")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.get("Property")).isInstanceOf(IOException.class);
        assertThat(client.status("Property")).isEqualTo(200);
        assertThat(client.status("Media")).isEqualTo(500);
        assertThat(mls.faults().pending()).isZero();
        assertThat(mls.requestCount()).isEqualTo(8);
    }

    @Test
    void namesThePortThatIsTaken() {
        SampleMls first = start(MlsOptions.defaults());

        assertThatThrownBy(
                        () -> start(MlsOptions.defaults().withPort(first.uri().getPort())))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(
                        "The sample MLS can't listen on port " + first.uri().getPort());
    }

    private MlsClient exhausted(RetryHeader header) throws IOException {
        SampleMls mls = start(MlsOptions.defaults().withQuota(2, Duration.ofMinutes(1), header));
        MlsClient client = new MlsClient(mls, mls.vowToken());
        assertThat(client.status("Property")).isEqualTo(200);
        assertThat(client.status("Property")).isEqualTo(200);
        return client;
    }

    private SampleMls start(MlsOptions options) {
        SampleMls mls = new SampleMls(WORLD, options.withClock(clock)).start();
        started.add(mls);
        return mls;
    }

    private static int count(SampleMls mls, String token) throws IOException {
        return new MlsClient(mls, token)
                .get("Property", "$count", "true", "$top", "0")
                .get("@odata.count")
                .asInt();
    }

    private static String issue(SampleMls mls, Feed feed) throws IOException {
        try (Response response = MlsClient.tokenRequest(mls, SampleMls.clientId(feed), SampleMls.clientSecret(feed))) {
            JsonNode token = MlsClient.json(response);
            assertThat(token.get("token_type").asText()).isEqualTo("Bearer");
            return token.get("access_token").asText();
        }
    }
}
