package com.listingsync.sink.notify;

import com.listingsync.common.http.RetryAfter;
import com.listingsync.sink.lane.Attempt;
import com.listingsync.sink.lane.Attempt.Trouble;
import com.listingsync.sink.owner.Webhook;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Posts notices to webhooks, once each. Redirects are not followed: where requests go is the operator's word alone. Thread-safe;
 * a call blocks its thread.
 */
final class WebhookClient implements AutoCloseable {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final OkHttpClient client;
    private final Clock clock;

    WebhookClient(Clock clock) {
        this.clock = clock;
        this.client = new OkHttpClient.Builder()
                // Lanes are the only layer that repeats.
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .callTimeout(TIMEOUT)
                .build();
    }

    /** Sends a notice; every attempt is signed anew, with its own time and the same id. */
    Attempt<Told> send(Webhook webhook, Notice notice) {
        Instant now = clock.instant();
        byte[] body = notice.body();
        Request request = new Request.Builder()
                .url(webhook.url().toString())
                .header("User-Agent", "listing-sync")
                .header(Signature.ID, notice.id())
                .header(Signature.TIMESTAMP, Long.toString(now.getEpochSecond()))
                .header(Signature.SIGNATURE, Signature.of(webhook.key(), notice.id(), now, body))
                .post(RequestBody.create(body, JSON))
                .build();
        try (Response response = client.newCall(request).execute()) {
            return verdict(response);
        } catch (IOException e) {
            // It may have arrived; the same id tells the receiver so.
            return new Attempt.Again<>(
                    "connection", "no answer (" + e.getMessage() + ")", Optional.empty(), Trouble.AWAY);
        }
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    /** The specification: 2xx is delivered, 410 wants no more, everything else is worth another try. */
    private Attempt<Told> verdict(Response response) {
        if (response.isSuccessful()) {
            return new Attempt.Done<>(new Told(true, "delivered"));
        }
        if (response.code() == 410) {
            return new Attempt.Done<>(new Told(false, "the webhook answers 410: it wants no more notices"));
        }
        return new Attempt.Again<>(
                Integer.toString(response.code()),
                "the webhook answers " + response.code(),
                RetryAfter.of(response::header, clock.instant()),
                response.code() >= 500 ? Trouble.AWAY : Trouble.BUSY);
    }
}
