package com.listingsync.embedded.postgrest;

import com.listingsync.embedded.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Upserts per second through the stand-in, with and without {@code columns=}: 200,000 rows of 20 columns and about 600 bytes, batches of
 * 500, 4 in flight, on a table with a row guard. Client, stand-in and PostgreSQL share the machine. Run by hand:
 *
 * <pre>
 * mvn -q -Dquick -pl console/embedded -am test-compile dependency:build-classpath -Dmdep.outputFile=/tmp/classpath
 * java -cp console/embedded/target/classes:console/embedded/target/test-classes:$(cat /tmp/classpath) \
 *   com.listingsync.embedded.postgrest.PostgrestBenchmark
 * </pre>
 *
 * <p>Each line is one pass over all rows: the first inserts, the second updates, the third finds every row stale and writes nothing.
 */
final class PostgrestBenchmark {
    private static final int ROWS = 200_000;
    private static final int BATCH = 500;
    private static final int IN_FLIGHT = 4;
    private static final int TEXT_COLUMNS = 17;
    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient client = new OkHttpClient();
    private final Path folder;
    private final EmbeddedPostgresServer postgres;
    private final PostgrestServer rest;

    private PostgrestBenchmark(Path folder, EmbeddedPostgresServer postgres, PostgrestServer rest) {
        this.folder = folder;
        this.postgres = postgres;
        this.rest = rest;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("postgrest-benchmark");
        try (EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(folder);
                PostgrestServer rest = PostgrestServer.start(PostgrestOptions.on(
                        postgres.jdbcUrl("authenticator"), "a-secret-of-at-least-thirty-two-characters"))) {
            PostgrestBenchmark benchmark = new PostgrestBenchmark(folder, postgres, rest);
            benchmark.measure("warm-up", true);
            benchmark.measure("with columns=", true);
            benchmark.measure("without columns=", false);
        }
    }

    private void measure(String label, boolean named) throws Exception {
        createTable(label);
        String query = "?on_conflict=listing_key" + (named ? "&columns=" + String.join(",", columns()) : "");
        for (int version : new int[] {1, 2, 2}) {
            List<byte[]> bodies = bodies(version);
            double rowBytes = bodies.stream().mapToLong(b -> b.length).sum() / (double) ROWS;
            long cpu = cpuNanos();
            long postgresCpu = postgresCpuNanos();
            long start = System.nanoTime();
            send(bodies, query);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%-17s version %d: %,8.0f rows/s, %.0f bytes a row, CPU a row: %.1f us in this JVM (client and stand-in), %.1f us in PostgreSQL%n",
                    label,
                    version,
                    ROWS / seconds,
                    rowBytes,
                    (cpuNanos() - cpu) / 1e3 / ROWS,
                    (postgresCpuNanos() - postgresCpu) / 1e3 / ROWS);
        }
    }

    private void createTable(String label) {
        String texts = IntStream.range(0, TEXT_COLUMNS)
                .mapToObj(i -> "c" + i + " text")
                .collect(Collectors.joining(", "));
        postgres.apply(
                System.nanoTime() + "_table",
                "drop table if exists benched; create table benched (listing_key text primary key, price numeric, row_version bigint, "
                        + texts
                        + "); create or replace function keep_newer() returns trigger language plpgsql as 'begin return null; end';"
                        + "create trigger guard before update on benched for each row when (new.row_version <= old.row_version)"
                        + " execute function keep_newer(); -- " + label);
        awaitKnown();
    }

    /** The stand-in hears of the new table a moment after the migration. */
    private void awaitKnown() {
        while (!post("[]".getBytes(StandardCharsets.UTF_8), "?columns=row_version,c" + (TEXT_COLUMNS - 1))) {
            Thread.onSpinWait();
        }
    }

    private void send(List<byte[]> bodies, String query) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(IN_FLIGHT);
        AtomicInteger next = new AtomicInteger();
        Callable<Boolean> sender = () -> {
            for (int i = next.getAndIncrement(); i < bodies.size(); i = next.getAndIncrement()) {
                if (!post(bodies.get(i), query)) {
                    throw new IllegalStateException("batch " + i + " was refused");
                }
            }
            return true;
        };
        for (Future<Boolean> done : threads.invokeAll(
                IntStream.range(0, IN_FLIGHT).mapToObj(i -> sender).toList())) {
            done.get();
        }
        threads.shutdown();
    }

    private boolean post(byte[] body, String query) {
        Request request = new Request.Builder()
                .url(rest.uri() + "/benched" + query)
                .header("Authorization", "Bearer " + rest.serviceRoleKey())
                .header("Prefer", "resolution=merge-duplicates,return=minimal")
                .post(RequestBody.create(body, JSON))
                .build();
        try (Response response = client.newCall(request).execute()) {
            return response.isSuccessful();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<byte[]> bodies(int version) {
        List<byte[]> bodies = new ArrayList<>();
        for (int first = 0; first < ROWS; first += BATCH) {
            bodies.add(IntStream.range(first, first + BATCH)
                    .mapToObj(i -> row(i, version))
                    .collect(Collectors.joining(",", "[", "]"))
                    .getBytes(StandardCharsets.UTF_8));
        }
        return bodies;
    }

    private static String row(int i, int version) {
        String texts = IntStream.range(0, TEXT_COLUMNS)
                .mapToObj(c -> "\"c" + c + "\":\"value " + c + " of listing " + i + "\"")
                .collect(Collectors.joining(","));
        return "{\"listing_key\":\"X" + i + "\",\"price\":" + (100_000 + i) + ",\"row_version\":" + version + ","
                + texts + "}";
    }

    private static List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("listing_key", "price", "row_version"));
        IntStream.range(0, TEXT_COLUMNS).forEach(i -> columns.add("c" + i));
        return columns;
    }

    /** Of the sessions that live: the pool keeps its connections during a pass. */
    private long postgresCpuNanos() throws IOException {
        Path idFile = folder.resolve("cluster").resolve("postmaster.pid");
        ProcessHandle postmaster = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(idFile).get(0).strip()))
                .orElseThrow();
        return postmaster
                .descendants()
                .mapToLong(
                        p -> p.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
