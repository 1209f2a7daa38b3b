package com.listingsync.sink.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.Secret;
import com.listingsync.sink.lane.Attempt.Trouble;
import com.listingsync.sink.owner.Platform;
import com.listingsync.sink.owner.PlatformAccount;
import com.listingsync.sink.post.PlatformVerdict.Deleted;
import com.listingsync.sink.post.PlatformVerdict.Fault;
import com.listingsync.sink.post.PlatformVerdict.Gone;
import com.listingsync.sink.post.PlatformVerdict.Later;
import com.listingsync.sink.post.PlatformVerdict.Refused;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every answer that a platform may give to a deletion, in the bodies of its public reference, over real HTTP. */
class PlatformClientTest {

    private static final String PAGE_POST = "104523_122000000000000001";
    private static final String MEDIA = "18000000000000002";
    private static final String SHARE = "urn:li:share:7000000000000000003";
    private static final String TOKEN = "planted-secret-of-smith";
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final MockWebServer server = new MockWebServer();
    private final Meters meters = new Meters();
    private final PlatformClient client = new PlatformClient(TIMEOUT, meters, Clock.systemUTC());

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        meters.close();
    }

    static Stream<Arguments> graphAnswers() {
        return Stream.of(
                arguments("deleted", 200, "{\"success\":true}", "deleted"),
                arguments("Instagram's deleted", 200, "{\"success\":true,\"deleted_id\":\"" + MEDIA + "\"}", "deleted"),
                arguments("not deleted after all", 200, "{\"success\":false}", "refused 200 POST"),
                arguments("a web page", 200, "<html>login</html>", "later 200 AWAY"),
                arguments(
                        "unknown trouble",
                        500,
                        error("An unknown error occurred", "OAuthException", 1),
                        "later 1 AWAY"),
                arguments(
                        "service down",
                        503,
                        error("Service temporarily unavailable", "OAuthException", 2),
                        "later 2 AWAY"),
                arguments(
                        "temporary by its own word",
                        400,
                        "{\"error\":{\"message\":\"x\",\"type\":\"OAuthException\",\"code\":99,\"is_transient\":true}}",
                        "later 99 AWAY"),
                arguments(
                        "Instagram's own failure",
                        400,
                        "{\"error\":{\"message\":\"Fatal\",\"type\":\"OAuthException\",\"code\":-1,\"error_subcode\":2207085}}",
                        "later -1-2207085 AWAY"),
                arguments(
                        "app rate",
                        403,
                        error("(#4) Application request limit reached", "OAuthException", 4),
                        "later 4 BUSY"),
                arguments(
                        "user rate",
                        400,
                        error("(#17) User request limit reached", "OAuthException", 17),
                        "later 17 BUSY"),
                arguments(
                        "page rate",
                        400,
                        error("(#32) Page request limit reached", "OAuthException", 32),
                        "later 32 BUSY"),
                arguments(
                        "custom rate", 400, error("(#613) Calls to this api", "OAuthException", 613), "later 613 BUSY"),
                arguments("app limit", 400, error("(#341) Application limit", "OAuthException", 341), "later 341 BUSY"),
                arguments(
                        "page use case rate",
                        400,
                        error("(#80001) There have been too many calls to this Page account", "OAuthException", 80_001),
                        "later 80001 BUSY"),
                arguments(
                        "Instagram use case rate",
                        400,
                        error(
                                "(#80002) There have been too many calls to this Instagram account",
                                "OAuthException",
                                80_002),
                        "later 80002 BUSY"),
                arguments(
                        "blocked", 400, error("(#368) The action attempted", "OAuthException", 368), "later 368 BUSY"),
                arguments(
                        "token expired",
                        400,
                        "{\"error\":{\"message\":\"Error validating access token: Session has expired\",\"type\":\"OAuthException\","
                                + "\"code\":190,\"error_subcode\":463,\"fbtrace_id\":\"A\"}}",
                        "refused 190-463 ACCOUNT"),
                arguments("session", 400, error("Session key invalid", "OAuthException", 102), "refused 102 ACCOUNT"),
                arguments(
                        "permission of the app",
                        400,
                        error("(#10) Application does not have permission for this action", "OAuthException", 10),
                        "refused 10 ACCOUNT"),
                arguments(
                        "capability",
                        400,
                        error("(#3) Application does not have the capability", "OAuthException", 3),
                        "refused 3 ACCOUNT"),
                arguments(
                        "permissions",
                        403,
                        error("(#200) Permissions error", "OAuthException", 200),
                        "refused 200 ACCOUNT"),
                arguments(
                        "a bad id",
                        400,
                        error("(#100) Param id must be a valid ID string", "OAuthException", 100),
                        "refused 100 POST"),
                arguments(
                        "unknown path",
                        400,
                        error("Unknown path components", "OAuthException", 2500),
                        "refused 2500 POST"),
                arguments("a gateway's rate", 429, "", "later 429 BUSY"),
                arguments("a gateway down", 502, "<html>bad gateway</html>", "later 502 AWAY"),
                arguments("a gateway's timeout", 408, "", "later 408 AWAY"),
                arguments("forbidden without words", 403, "", "refused 403 ACCOUNT"),
                arguments("somebody else's 404", 404, "<html>nothing here</html>", "refused 404 ACCOUNT"),
                arguments("a redirect", 302, "", "refused 302 ACCOUNT"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphAnswers")
    void takesAnAnswerOfTheGraphApiForWhatItIs(String what, int status, String body, String verdict) {
        server.enqueue(answer(status, body));

        assertThat(inShort(client.delete(account(Platform.FACEBOOK), PAGE_POST)))
                .isEqualTo(verdict);
    }

    static Stream<Arguments> graphLooks() {
        String gone =
                "{\"error\":{\"message\":\"Unsupported get request. Object with ID 'x' does not exist, cannot be loaded due to"
                        + " missing permissions, or does not support this operation\",\"type\":\"GraphMethodException\",\"code\":100,"
                        + "\"error_subcode\":33,\"fbtrace_id\":\"A\"}}";
        return Stream.of(
                arguments("gone", 400, gone, "gone"),
                arguments(
                        "never was",
                        404,
                        error("(#803) Some of the aliases you requested do not exist", "OAuthException", 803),
                        "gone"),
                arguments("not found", 404, "{}", "gone"),
                arguments(
                        "there, so the token may not delete it",
                        200,
                        "{\"id\":\"" + MEDIA + "\"}",
                        "refused 200 ACCOUNT"),
                arguments(
                        "not to be seen",
                        400,
                        error("(#10) This endpoint requires", "OAuthException", 10),
                        "refused 10 ACCOUNT"),
                arguments(
                        "token expired meanwhile", 400, error("expired", "OAuthException", 190), "refused 190 ACCOUNT"),
                arguments("down meanwhile", 503, "", "later 503 AWAY"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphLooks")
    void looksAtAPostWhenItsDeletionLeavesOpenWhetherItIsThere(String what, int status, String body, String verdict)
            throws InterruptedException {
        server.enqueue(answer(
                400,
                "{\"error\":{\"message\":\"Unsupported delete request. Object with ID 'x' does not exist, cannot be loaded due to"
                        + " missing permissions, or does not support this operation\",\"type\":\"GraphMethodException\","
                        + "\"code\":100,\"error_subcode\":33,\"fbtrace_id\":\"A\"}}"));
        server.enqueue(answer(status, body));

        assertThat(inShort(client.delete(account(Platform.INSTAGRAM), MEDIA))).isEqualTo(verdict);

        assertThat(server.takeRequest().getMethod()).isEqualTo("DELETE");
        RecordedRequest look = server.takeRequest();
        assertThat(look.getMethod()).isEqualTo("GET");
        assertThat(look.getTarget()).isEqualTo("/v25.0/" + MEDIA + "?fields=id");
    }

    static Stream<Arguments> linkedInAnswers() {
        return Stream.of(
                arguments("deleted, now or before", 204, "", "deleted"),
                arguments("deleted, as older versions say", 200, "{}", "deleted"),
                arguments("a web page", 200, "<html>login</html>", "later 200 AWAY"),
                arguments(
                        "not found", 404, "{\"status\":404,\"serviceErrorCode\":0,\"message\":\"Not Found\"}", "gone"),
                arguments("somebody else's 404", 404, "<html>nothing here</html>", "refused 404 ACCOUNT"),
                arguments(
                        "empty token",
                        401,
                        "{\"message\":\"Empty oauth2_access_token\",\"serviceErrorCode\":401,\"status\":401}",
                        "refused 401 ACCOUNT"),
                arguments(
                        "expired token",
                        401,
                        "{\"status\":401,\"serviceErrorCode\":65602,\"code\":\"EXPIRED_ACCESS_TOKEN\",\"message\":\"The token used in"
                                + " the request has expired\"}",
                        "refused 65602 ACCOUNT"),
                arguments(
                        "permissions",
                        403,
                        "{\"status\":403,\"serviceErrorCode\":100,\"code\":\"ACCESS_DENIED\",\"message\":\"Not enough permissions to"
                                + " access: posts.DELETE.20261001\"}",
                        "refused 100 ACCOUNT"),
                arguments(
                        "version sunset",
                        426,
                        "{\"status\":426,\"code\":\"NONEXISTENT_VERSION\",\"message\":\"Requested version 20230101 is not active\"}",
                        "refused 426 ACCOUNT"),
                arguments(
                        "a bad urn",
                        400,
                        "{\"status\":400,\"code\":\"ILLEGAL_ARGUMENT\",\"message\":\"Syntax exception in path variables\"}",
                        "refused 400 POST"),
                arguments("unprocessable", 422, "{\"status\":422,\"message\":\"x\"}", "refused 422 POST"),
                arguments(
                        "throttled",
                        429,
                        "{\"status\":429,\"serviceErrorCode\":101,\"code\":\"TOO_MANY_REQUESTS\",\"message\":\"Resource level throttle"
                                + " APPLICATION DAY limit for calls to this resource is reached.\"}",
                        "later 101 BUSY"),
                arguments("failing", 500, "{\"status\":500,\"message\":\"Internal Server Error\"}", "later 500 AWAY"),
                arguments("a gateway down", 504, "<html>timeout</html>", "later 504 AWAY"),
                arguments("a conflict", 409, "{\"status\":409,\"message\":\"x\"}", "refused 409 POST"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("linkedInAnswers")
    void takesAnAnswerOfLinkedInForWhatItIs(String what, int status, String body, String verdict) {
        server.enqueue(answer(status, body));

        assertThat(inShort(client.delete(account(Platform.LINKEDIN), SHARE))).isEqualTo(verdict);
    }

    @Test
    void asksTheGraphApiWithTheTokenInAHeader() throws InterruptedException {
        server.enqueue(answer(200, "{\"success\":true}"));

        client.delete(account(Platform.FACEBOOK), PAGE_POST);

        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("DELETE");
        assertThat(request.getTarget()).isEqualTo("/v25.0/" + PAGE_POST);
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + TOKEN);
    }

    @Test
    void asksLinkedInWithVersionAndEncodedUrn() throws InterruptedException {
        server.enqueue(answer(204, ""));

        client.delete(account(Platform.LINKEDIN), SHARE);

        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("DELETE");
        assertThat(request.getTarget()).isEqualTo("/rest/posts/urn%3Ali%3Ashare%3A7000000000000000003");
        assertThat(request.getHeaders().get("LinkedIn-Version")).isEqualTo("202610");
        assertThat(request.getHeaders().get("X-Restli-Protocol-Version")).isEqualTo("2.0.0");
        assertThat(request.getHeaders().get("X-RestLi-Method")).isEqualTo("DELETE");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + TOKEN);
    }

    @Test
    void honoursRetryAfter() {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .setHeader("Retry-After", "30")
                .build());

        PlatformVerdict verdict = client.delete(account(Platform.LINKEDIN), SHARE);

        assertThat(((Later) verdict).pause()).contains(Duration.ofSeconds(30));
    }

    @Test
    void honoursTheMinutesThatMetaNamesForAnAccount() {
        server.enqueue(answer(400, error("(#80001) There have been too many calls", "OAuthException", 80_001))
                .newBuilder()
                .setHeader(
                        "X-Business-Use-Case-Usage",
                        "{\"104523\":[{\"type\":\"pages\",\"call_count\":100,\"total_cputime\":20,\"total_time\":20,"
                                + "\"estimated_time_to_regain_access\":19}]}")
                .build());

        PlatformVerdict verdict = client.delete(account(Platform.FACEBOOK), PAGE_POST);

        assertThat(((Later) verdict).pause()).contains(Duration.ofMinutes(19));
    }

    @Test
    void takesSilenceForNotNow() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());

        assertThat(inShort(client.delete(account(Platform.FACEBOOK), PAGE_POST)))
                .isEqualTo("later timeout AWAY");
    }

    @Test
    void takesABrokenConnectionForNotNow() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());

        assertThat(inShort(client.delete(account(Platform.LINKEDIN), SHARE))).isEqualTo("later connection AWAY");
    }

    @Test
    void neverSendsWhatIsNoPostsId() {
        for (String id : new String[] {"me", "104523/feed", "104523_1?x=y", "", "..", "1_2_3"}) {
            assertThat(inShort(client.delete(account(Platform.FACEBOOK), id))).isEqualTo("refused bad-id POST");
        }
        assertThat(inShort(client.delete(account(Platform.LINKEDIN), "urn:li:organization:1")))
                .isEqualTo("refused bad-id POST");
        assertThat(inShort(client.delete(account(Platform.INSTAGRAM), PAGE_POST)))
                .isEqualTo("refused bad-id POST");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void repeatsNoTokenThatAPlatformRepeats() {
        server.enqueue(answer(400, error("Malformed access token " + TOKEN, "OAuthException", 190)));

        Refused refused = (Refused) client.delete(account(Platform.FACEBOOK), PAGE_POST);

        assertThat(refused.toString()).doesNotContain(TOKEN);
    }

    private PlatformAccount account(Platform platform) {
        String version = platform == Platform.LINKEDIN ? "202610" : "v25.0";
        return new PlatformAccount(platform, server.url("/").uri(), version, new Secret(TOKEN));
    }

    private static String inShort(PlatformVerdict verdict) {
        return verdict.fold(
                Deleted::label,
                Gone::label,
                unclear -> "unclear",
                later -> "later " + later.cause() + " " + word(later.trouble()),
                refused -> "refused " + refused.cause() + " " + word(refused.fault()));
    }

    private static String word(Trouble trouble) {
        return trouble.name();
    }

    private static String word(Fault fault) {
        return fault.name();
    }

    private static String error(String message, String type, int code) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"code\":" + code
                + ",\"fbtrace_id\":\"AsAmPlEtRaCe\"}}";
    }

    private static MockResponse answer(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }
}
