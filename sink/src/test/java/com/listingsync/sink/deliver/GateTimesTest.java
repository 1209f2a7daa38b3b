package com.listingsync.sink.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.sink.batch.Rows;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When requests go out, by the server's own record of their arrival. */
class GateTimesTest {

    private static final int WORKERS = 8;
    /** Requests that are under way before anything is known of the server. */
    private static final int FIRST_IN_FLIGHT = 4;

    private final MockWebServer server = new MockWebServer();
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    private final Meters meters = new Meters();
    private final List<Long> arrivals = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        workers.shutdownNow();
        server.close();
        meters.close();
    }

    @Test
    void holdsAllRequestsForTheSecondsThatOneOfThemWasToldAndNoLonger() {
        Duration told = Duration.ofSeconds(2);
        CountDownLatch underWay = new CountDownLatch(FIRST_IN_FLIGHT);
        server.setDispatcher(answering(number -> {
            underWay.countDown();
            if (number >= FIRST_IN_FLIGHT) {
                return written().build();
            }
            awaitAll(underWay);
            return number == 0
                    ? new MockResponse.Builder()
                            .code(429)
                            .addHeader("Retry-After", Long.toString(told.toSeconds()))
                            .build()
                    // Later than the 429, so that places become free only when it is known.
                    : written().headersDelay(500, TimeUnit.MILLISECONDS).build();
        }));

        try (SupabaseDelivery supabase = delivery(Map.of())) {
            deliverAll(supabase).join();
        }

        // Eight batches, one of them twice. The last of the first requests had arrived before the 429 was said.
        List<Long> times = List.copyOf(arrivals);
        assertThat(times).hasSize(WORKERS + 1);
        Duration pause = Duration.ofNanos(times.get(FIRST_IN_FLIGHT) - times.get(FIRST_IN_FLIGHT - 1));
        assertThat(pause).isBetween(told, told.plusMillis(1_500));
    }

    @Test
    void probesOncePerIntervalHoweverManyWait() {
        Duration interval = Duration.ofMillis(300);
        int probes = 4;
        server.setDispatcher(answering(
                number -> new MockResponse.Builder().code(503).body("{}").build()));
        try (SupabaseDelivery supabase = delivery(Map.of(
                "SYNC_CIRCUIT_BREAKER_TIMEOUT", interval.toMillis() + "ms",
                "SYNC_CIRCUIT_BREAKER_THRESHOLD", "3",
                "SYNC_RETRY_ATTEMPTS", "1"))) {
            CompletableFuture<Void> all = deliverAll(supabase);
            await().until(() -> supabase.closedBecause().isPresent());
            // What was under way when the circuit opened has been answered when a probe goes.
            int before = arrivals.size() + FIRST_IN_FLIGHT;

            await().until(() -> arrivals.size() >= before + probes);
            server.setDispatcher(answering(number -> written().build()));
            all.join();

            List<Long> times = List.copyOf(arrivals).subList(before, before + probes);
            for (int i = 1; i < probes; i++) {
                assertThat(Duration.ofNanos(times.get(i) - times.get(i - 1))).isGreaterThanOrEqualTo(interval);
            }
        }
    }

    private CompletableFuture<Void> deliverAll(SupabaseDelivery supabase) {
        List<CompletableFuture<?>> deliveries = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            deliveries.add(CompletableFuture.runAsync(
                    () -> supabase.deliver(Rows.batch(2), Orphans.TELL_APART, new Abandonment()), workers));
        }
        return CompletableFuture.allOf(deliveries.toArray(CompletableFuture<?>[]::new));
    }

    /** Answers by the number of the request, from 0. */
    private Dispatcher answering(IntFunction<MockResponse> answer) {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                int number;
                synchronized (arrivals) {
                    number = arrivals.size();
                    arrivals.add(System.nanoTime());
                }
                return answer.apply(number);
            }
        };
    }

    private static MockResponse.Builder written() {
        return new MockResponse.Builder().code(201).addHeader("Content-Range", "*/2");
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SupabaseDelivery delivery(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SUPABASE_URL", server.url("/").toString(),
                "SUPABASE_SERVICE_ROLE_KEY", "the-key",
                "SYNC_RETRY_DELAY", "10ms"));
        environment.putAll(more);
        return new SupabaseDelivery(
                EnvRecords.read(SupabaseSettings.class, environment),
                EnvRecords.read(DeliverySettings.class, environment),
                meters);
    }
}
