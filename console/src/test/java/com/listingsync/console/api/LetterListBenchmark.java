package com.listingsync.console.api;

import com.listingsync.console.ConsoleApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What lists of dead letters cost over HTTP with a million of them: how long until the first reading is there, then pages at random
 * places, the first page of what waits and the counts, each asked for again and again while they are read anew behind them. Prints
 * percentiles in milliseconds. Argument: HOST:PORT of a broker that {@code LetterBenchmark fill} has filled. Run it with {@code
 * -Xmx512m}.
 */
final class LetterListBenchmark {

    private static final int CALLS = 5_000;
    private static final int PAGE = 50;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI root;

    private LetterListBenchmark(URI root) {
        this.root = root;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", arguments[0], "SYNC_CONSOLE_PORT", "0", "SYNC_CONSOLE_HOST", "127.0.0.1");
        try (ConsoleApp console = ConsoleApp.start(environment)) {
            LetterListBenchmark benchmark = new LetterListBenchmark(console.api());
            Random random = new Random(1);
            benchmark.first("all letters", "/api/dead-letters?limit=" + PAGE);
            benchmark.first("those that wait", "/api/dead-letters?limit=250&state=open&state=parked");
            benchmark.first("their counts", "/api/dead-letters/stats");
            benchmark.measure(
                    "a page anywhere",
                    () -> "/api/dead-letters?limit=" + PAGE + "&cursor="
                            + place(random.nextInt(LetterShelf.MOST - PAGE)));
            benchmark.measure("the first 250 that wait", () -> "/api/dead-letters?limit=250&state=open&state=parked");
            benchmark.measure("the counts", () -> "/api/dead-letters/stats");
        }
    }

    private void first(String what, String path) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (status(path) != 200) {
            // As the page does: what a first reading has not come to yet is asked for again.
            TimeUnit.MILLISECONDS.sleep(500);
        }
        System.out.printf("%-24s read for the first time in %.1f s%n", what, (System.nanoTime() - begun) / 1e9);
    }

    private void measure(String what, Supplier<String> path) throws IOException, InterruptedException {
        long[] nanos = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            String each = path.get();
            long from = System.nanoTime();
            int status = status(each);
            nanos[i] = System.nanoTime() - from;
            if (status != 200) {
                throw new IllegalStateException(each + " got " + status);
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-24s p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                what, nanos[CALLS / 2] / 1e6, nanos[CALLS * 99 / 100] / 1e6, nanos[CALLS - 1] / 1e6);
    }

    private int status(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(root.resolve(path)).build(), HttpResponse.BodyHandlers.ofByteArray())
                .statusCode();
    }

    private static String place(int number) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
    }
}
