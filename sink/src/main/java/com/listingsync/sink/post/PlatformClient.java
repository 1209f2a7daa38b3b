package com.listingsync.sink.post;

import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.sink.lane.Attempt.Trouble;
import com.listingsync.sink.owner.Platform;
import com.listingsync.sink.owner.PlatformAccount;
import com.listingsync.sink.post.PlatformVerdict.Fault;
import com.listingsync.sink.post.PlatformVerdict.Later;
import com.listingsync.sink.post.PlatformVerdict.Refused;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Deletes one post at its platform, once: a request goes out, a verdict comes back. Never repeats, never throws for what the
 * network or the platform does. Tokens go into the Authorization header alone, never into an address. Thread-safe; a call
 * blocks its thread.
 */
final class PlatformClient implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final OkHttpClient client;
    private final PlatformAnswers answers;
    private final Meters meters;

    PlatformClient(Duration timeout, Meters meters, Clock clock) {
        this.answers = new PlatformAnswers(clock);
        this.meters = meters;
        this.client = new OkHttpClient.Builder()
                // Lanes are the only layer that repeats.
                .retryOnConnectionFailure(false)
                // A redirect would carry the token to a host that nobody chose.
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(CONNECT_TIMEOUT.compareTo(timeout) < 0 ? CONNECT_TIMEOUT : timeout)
                .callTimeout(timeout)
                .build();
    }

    /** Deletes a post; a second request looks where the answer to the first leaves open whether it is there. */
    PlatformVerdict delete(PlatformAccount account, String postId) {
        if (!account.platform().hasPostId(postId)) {
            return new Refused(
                    "bad-id",
                    "external_id does not look like the id of a "
                            + account.platform().title() + " post",
                    0,
                    Fault.POST);
        }
        if (account.platform() == Platform.LINKEDIN) {
            return exchange(account, linkedIn(account, postId), LinkedInVerdicts::of);
        }
        PlatformVerdict verdict =
                exchange(account, graph(account, postId).delete().build(), GraphVerdicts::of);
        return verdict instanceof PlatformVerdict.Unclear
                ? exchange(account, look(account, postId), GraphVerdicts::ofLook)
                : verdict;
    }

    /** Breaks off what is under way and closes all connections. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    private static Request.Builder graph(PlatformAccount account, String postId) {
        return authorised(
                account,
                base(account)
                        .addPathSegment(account.version())
                        .addPathSegment(postId)
                        .build());
    }

    private static Request look(PlatformAccount account, String postId) {
        return authorised(
                        account,
                        base(account)
                                .addPathSegment(account.version())
                                .addPathSegment(postId)
                                .addQueryParameter("fields", "id")
                                .build())
                .build();
    }

    private static Request linkedIn(PlatformAccount account, String postId) {
        // Rest.li wants the colons of a URN encoded.
        String segment = URLEncoder.encode(postId, StandardCharsets.UTF_8);
        return authorised(
                        account,
                        base(account)
                                .addPathSegments("rest/posts")
                                .addEncodedPathSegment(segment)
                                .build())
                .header("LinkedIn-Version", account.version())
                .header("X-Restli-Protocol-Version", "2.0.0")
                .header("X-RestLi-Method", "DELETE")
                .delete()
                .build();
    }

    private static HttpUrl.Builder base(PlatformAccount account) {
        HttpUrl url = HttpUrl.get(account.url());
        if (url == null) {
            throw new IllegalStateException("the file's reader lets only http and https addresses through");
        }
        return url.newBuilder();
    }

    private static Request.Builder authorised(PlatformAccount account, HttpUrl url) {
        return new Request.Builder()
                .url(url)
                .header("Authorization", "Bearer " + account.token().reveal())
                .header("User-Agent", "listing-sync");
    }

    private PlatformVerdict exchange(
            PlatformAccount account, Request request, Function<PlatformAnswer, PlatformVerdict> verdicts) {
        long begun = System.nanoTime();
        PlatformVerdict verdict = answered(request, verdicts);
        meters.timer(Meter.SINK_POST_REQUESTS, account.platform().wireName(), verdict.label())
                .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        return verdict;
    }

    private PlatformVerdict answered(Request request, Function<PlatformAnswer, PlatformVerdict> verdicts) {
        try (Response response = client.newCall(request).execute()) {
            return verdicts.apply(answers.read(response));
        } catch (InterruptedIOException e) {
            // It may be deleted all the same; then it is gone next time.
            return failed("timeout", "no answer from " + request.url().host() + " in time");
        } catch (IOException e) {
            // As above, unless the connection never was.
            return failed("connection", "no answer from " + request.url().host() + " (" + e.getMessage() + ")");
        }
    }

    private static PlatformVerdict failed(String cause, String words) {
        return new Later(cause, words, Optional.empty(), Trouble.AWAY);
    }
}
