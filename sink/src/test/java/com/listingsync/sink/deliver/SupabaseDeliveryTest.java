package com.listingsync.sink.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.Tally;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.sink.batch.Batch;
import com.listingsync.sink.batch.Row;
import com.listingsync.sink.batch.RowAction;
import com.listingsync.sink.batch.Rows;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Delivery against a server that does whatever servers and networks do. */
class SupabaseDeliveryTest {

    private final MockWebServer server = new MockWebServer();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Meters meters = new Meters();
    private SupabaseDelivery supabase;

    @BeforeEach
    void start() throws IOException {
        server.start();
        supabase = delivery(Map.of());
    }

    @AfterEach
    void stop() {
        supabase.close();
        threads.shutdownNow();
        server.close();
        meters.close();
    }

    @Test
    void sendsABatchAsPostgrestWantsIt() throws InterruptedException {
        server.enqueue(written(201, 2));

        BatchReport report = deliver(Rows.batch(2));

        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod() + " " + request.getUrl().encodedPath()).isEqualTo("POST /rest/v1/parents");
        assertThat(request.getUrl().queryParameter("on_conflict")).isEqualTo("id");
        assertThat(request.getUrl().queryParameter("columns")).isEqualTo("id,city,deleted_at,row_version");
        assertThat(request.getHeaders().get("apikey")).isEqualTo("the-key");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer the-key");
        assertThat(request.getHeaders().get("Prefer"))
                .isEqualTo("resolution=merge-duplicates,return=minimal,count=exact");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("Content-Encoding")).isNull();
        assertThat(request.getBodySize()).isEqualTo(Rows.batch(2).bytes());
        assertThat(report.books().tallies()).containsEntry(Rows.ACCOUNT, Tally.of(Tally.WRITTEN, 2));
    }

    @Test
    void countsRowsThatTheGuardRefusedAsUnchanged() {
        server.enqueue(written(200, 3));

        BatchReport report = deliver(Rows.batch(5));

        assertThat(report.books().tallies())
                .containsEntry(Rows.ACCOUNT, Tally.of(Tally.WRITTEN, 3).plus(Tally.of(Tally.UNCHANGED, 2)));
    }

    @Test
    void asksWhichRowsWereWrittenWhenTheyAreCountedInDifferentBooks() throws InterruptedException {
        Row other = Rows.countedFor(Rows.parents(2).get(1), Optional.of(Rows.OTHER_ACCOUNT));
        Batch mixed = new Batch(
                Rows.PARENTS, RowAction.UPSERT, List.of(Rows.parents(1).get(0), other));
        server.enqueue(written(200, 1)
                .newBuilder()
                .setHeader("Preference-Applied", "resolution=merge-duplicates, return=representation, count=exact")
                .setHeader("Content-Type", "application/json; charset=utf-8")
                .body("[{\"id\":\"r00001\"}]")
                .build());

        BatchReport report = deliver(mixed);

        assertThat(server.takeRequest().getTarget()).contains("select=id");
        assertThat(report.books().tallies())
                .containsEntry(Rows.ACCOUNT, Tally.of(Tally.UNCHANGED, 1))
                .containsEntry(Rows.OTHER_ACCOUNT, Tally.of(Tally.WRITTEN, 1));
    }

    @Test
    void purgesByKey() throws InterruptedException {
        server.enqueue(written(204, 2));

        deliver(new Batch(
                Rows.PARENTS,
                RowAction.PURGE,
                List.of(
                        Rows.row(0, Rows.PARENTS, RowAction.PURGE, "a,b", 0),
                        Rows.row(1, Rows.PARENTS, RowAction.PURGE, "c\"d", 0))));

        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("DELETE");
        assertThat(request.getUrl().queryParameter("id")).isEqualTo("in.(\"a,b\",\"c\\\"d\")");
    }

    @Test
    void repeatsAfterAConnectionThatBroke() {
        server.enqueue(new MockResponse.Builder()
                .onRequestStart(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(written(201, 2));

        assertThat(deliver(Rows.batch(2)).refused()).isEmpty();

        assertThat(server.getRequestCount()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void repeatsOnAConnectionThatDiedIdle() {
        server.enqueue(written(201, 1)
                .newBuilder()
                .onResponseEnd(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(written(201, 1));
        server.enqueue(written(201, 1));

        deliver(Rows.batch(1));

        assertThat(deliver(Rows.batch(1)).books().tallies()).containsEntry(Rows.ACCOUNT, Tally.of(Tally.WRITTEN, 1));
    }

    @Test
    void repeatsWhatWasNeverAnswered() {
        supabase.close();
        supabase = delivery(Map.of("SYNC_REQUEST_TIMEOUT", "200ms"));
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        server.enqueue(written(201, 1));

        assertThat(deliver(Rows.batch(1)).refused()).isEmpty();

        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void holdsAllRequestsForTheTimeThatOneWasAskedToWait() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", "1")
                .build());
        for (int i = 0; i < 4; i++) {
            server.enqueue(written(201, 1));
        }
        long start = System.nanoTime();
        CompletableFuture<BatchReport> limited = later(Rows.batch(1));
        await().untilAsserted(() -> assertThat(supabase.closedBecause())
                .hasValueSatisfying(words -> assertThat(words).contains("left alone")));

        List<CompletableFuture<BatchReport>> others = List.of(later(Rows.batch(1)), later(Rows.batch(1)));
        for (CompletableFuture<BatchReport> other : others) {
            other.get(10, TimeUnit.SECONDS);
        }
        limited.get(10, TimeUnit.SECONDS);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(server.getRequestCount()).isEqualTo(4);
    }

    @Test
    void sendsAtMostOneProbePerBreakerTimeoutWhileSupabaseIsDown() throws Exception {
        supabase.close();
        supabase = delivery(Map.of("SYNC_CIRCUIT_BREAKER_TIMEOUT", "150ms", "SYNC_CIRCUIT_BREAKER_THRESHOLD", "3"));
        int failures = 8;
        for (int i = 0; i < failures; i++) {
            server.enqueue(new MockResponse.Builder()
                    .code(503)
                    .body("{\"code\":\"PGRST001\",\"message\":\"\"}")
                    .build());
        }
        List<CompletableFuture<BatchReport>> all = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            server.enqueue(written(201, 1));
            all.add(later(Rows.batch(1)));
        }

        for (CompletableFuture<BatchReport> one : all) {
            assertThat(one.get(20, TimeUnit.SECONDS).refused()).isEmpty();
        }

        // Four were under way before the third failure closed the gate; each further one waited for the breaker.
        int probes = failures - 4;
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(150L * (probes - 1)));
        assertThat(supabase.closedBecause()).isEmpty();
    }

    @Test
    void waitsInRedWhileAWebPageAnswers() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Type", "text/html")
                .body("<html>Welcome</html>")
                .build());
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", "/elsewhere")
                .build());
        CompletableFuture<BatchReport> delivered = later(Rows.batch(1));
        await().untilAsserted(() -> assertThat(supabase.closedBecause())
                .hasValueSatisfying(words -> assertThat(words).contains("SUPABASE_URL")));

        server.enqueue(written(201, 1));

        assertThat(delivered.get(10, TimeUnit.SECONDS).refused()).isEmpty();
        assertThat(supabase.closedBecause()).isEmpty();
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void halvesABatchThatIsTooLargeAndRemembersIt() {
        server.enqueue(new MockResponse.Builder()
                .code(413)
                .body("<html>too large</html>")
                .build());
        server.enqueue(written(201, 250));
        server.enqueue(written(201, 250));

        BatchReport report = deliver(Rows.batch(500));

        assertThat(report.books().tallies()).containsEntry(Rows.ACCOUNT, Tally.of(Tally.WRITTEN, 500));
        assertThat(supabase.limits(Rows.PARENTS).rows()).isBetween(250, 300);
        assertThat(supabase.limits(Rows.CHILDREN).rows()).isEqualTo(500);
    }

    @Test
    void refusesASingleRowThatIsTooLarge() {
        server.enqueue(new MockResponse.Builder().code(413).build());

        assertThat(deliver(Rows.batch(1)).refused())
                .extracting(BatchReport.RefusedRow::code)
                .containsExactly("413");
    }

    @Test
    void tellsOrphansApart() {
        MockResponse orphan = new MockResponse.Builder()
                .code(409)
                .body("{\"code\":\"23503\",\"message\":\"violates foreign key constraint\"}")
                .build();
        server.enqueue(orphan);
        server.enqueue(orphan);

        assertThat(deliver(Rows.batch(1)).orphans()).hasSize(1);
        assertThat(supabase.deliver(Rows.batch(1), Orphans.REFUSE, new Abandonment())
                        .refused())
                .hasSize(1);
    }

    @Test
    void sendsNothingOnceItIsStopped() {
        supabase.stop();

        assertThatExceptionOfType(AbandonedException.class).isThrownBy(() -> deliver(Rows.batch(1)));
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void endsADeliveryThatIsAbandonedWhileSupabaseIsDown() {
        supabase.close();
        supabase = delivery(Map.of("SYNC_CIRCUIT_BREAKER_TIMEOUT", "1h"));
        server.enqueue(new MockResponse.Builder().code(401).build());
        Abandonment abandonment = new Abandonment();
        CompletableFuture<BatchReport> waiting = CompletableFuture.supplyAsync(
                () -> supabase.deliver(Rows.batch(1), Orphans.TELL_APART, abandonment), threads);
        await().untilAsserted(() -> assertThat(supabase.closedBecause()).isPresent());

        abandonment.abandon();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .withCauseInstanceOf(AbandonedException.class);
    }

    @Test
    void keepsToTheRateLimit() throws Exception {
        supabase.close();
        supabase = delivery(Map.of("SYNC_RATE_LIMIT", "20"));
        List<CompletableFuture<BatchReport>> all = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < 11; i++) {
            server.enqueue(written(201, 1));
            all.add(later(Rows.batch(1)));
        }

        for (CompletableFuture<BatchReport> one : all) {
            one.get(10, TimeUnit.SECONDS);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(450));
    }

    @Test
    void refusesKeysThatCanNotWrite() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> delivery(Map.of("SUPABASE_SERVICE_ROLE_KEY", "sb_publishable_abc")))
                .withMessageContaining("SUPABASE_SERVICE_ROLE_KEY")
                .withMessageNotContaining("abc");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> delivery(Map.of("SUPABASE_SERVICE_ROLE_KEY", "two words")))
                .withMessageNotContaining("two words");
    }

    private BatchReport deliver(Batch batch) {
        return supabase.deliver(batch, Orphans.TELL_APART, new Abandonment());
    }

    private CompletableFuture<BatchReport> later(Batch batch) {
        return CompletableFuture.supplyAsync(() -> deliver(batch), threads);
    }

    private SupabaseDelivery delivery(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SUPABASE_URL", server.url("/").toString(),
                "SUPABASE_SERVICE_ROLE_KEY", "the-key",
                "SYNC_RETRY_DELAY", "10ms",
                "SYNC_RETRY_ATTEMPTS", "2",
                "SYNC_CIRCUIT_BREAKER_TIMEOUT", "100ms"));
        environment.putAll(more);
        return new SupabaseDelivery(
                EnvRecords.read(SupabaseSettings.class, environment),
                EnvRecords.read(DeliverySettings.class, environment),
                meters);
    }

    private static MockResponse written(int status, int rows) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Range", "*/" + rows)
                .addHeader("Preference-Applied", "resolution=merge-duplicates, return=minimal, count=exact")
                .build();
    }
}
