package com.listingsync.console.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Asks instances, each for not longer and not more than is sensible. Thread-safe. */
public final class InstanceHttp {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Several times what a service with hundreds of feeds has to say. */
    private static final int MOST_BYTES = 8 << 20;

    /** A service that is not ready answers 503 and says why. */
    private static final Set<Integer> ANSWERS = Set.of(200, 503);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** What an instance answers, for {@link #orSilent}. */
    public CompletableFuture<byte[]> get(Instance instance, String path) {
        HttpRequest request = HttpRequest.newBuilder(instance.root().resolve(path))
                .timeout(PATIENCE)
                .build();
        CompletableFuture<HttpResponse<byte[]>> call = http.sendAsync(request, head -> new BoundedBody(MOST_BYTES));
        return call.copy()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> call.cancel(true))
                .thenApply(InstanceHttp::body);
    }

    /** What was made of an answer, or this when there is none: the instance is away, in the middle of a restart, or another program. */
    public static <T> CompletableFuture<T> orSilent(CompletableFuture<T> made, Supplier<T> silent) {
        return made.exceptionally(failure -> {
            if (!isNoAnswer(failure)) {
                // A fault of ours.
                throw new CompletionException(failure);
            }
            return silent.get();
        });
    }

    private static boolean isNoAnswer(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof IOException
                || cause instanceof UncheckedIOException
                || cause instanceof TimeoutException
                || cause instanceof NumberFormatException;
    }

    private static byte[] body(HttpResponse<byte[]> answer) {
        if (!ANSWERS.contains(answer.statusCode())) {
            throw new UncheckedIOException(new IOException("status " + answer.statusCode()));
        }
        return answer.body();
    }
}
