package com.listingsync.console.replay;

import com.listingsync.common.health.Service;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import com.listingsync.sink.SinkApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/**
 * Rows per second of a replay into an empty table beside those of the sink itself, in turns, in one process with broker, PostgreSQL and
 * stand-in: from the first row in the table to the last, and from the start.
 *
 * <pre>
 *   java -cp &lt;test class path of console&gt; com.listingsync.console.replay.ReplayBenchmark [rows] [rounds]
 * </pre>
 */
public final class ReplayBenchmark {

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final String REMARKS = "Bright and quiet, close to everything. ".repeat(15);

    private final Project project;
    private final RowLog log;
    private final int rows;

    private ReplayBenchmark(Project project, RowLog log, int rows) {
        this.project = project;
        this.log = log;
        this.rows = rows;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
        Path folder = Files.createTempDirectory("replay-benchmark");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
                Project project = Project.start(folder.resolve("project"));
                RowLog log = new RowLog(kafka.bootstrapServers(), "b")) {
            ReplayBenchmark benchmark = new ReplayBenchmark(project, log, rows);
            benchmark.fill();
            for (int round = 0; round < rounds; round++) {
                benchmark.sink();
                benchmark.replay();
            }
        }
    }

    private void fill() {
        for (int i = 0; i < rows; i++) {
            String key = "W" + i;
            log.row(
                    key,
                    "properties",
                    key,
                    com.listingsync.common.event.Operation.UPSERT,
                    1,
                    "\"listing_key\":\"" + key + "\",\"list_price\":" + i
                            + ",\"city\":\"Toronto\",\"status\":\"active\",\"modified_at\":\"2026-11-22T08:00:00Z\",\"public_remarks\":\""
                            + REMARKS + "\"");
        }
        log.flush();
    }

    private void sink() throws InterruptedException {
        project.empty();
        long begun = System.nanoTime();
        try (Service sink = SinkApp.start(log.environment(project))) {
            measure(sink.name(), begun);
        }
        forgetGroup();
    }

    private void replay() throws InterruptedException {
        project.empty();
        Replays replays = new Replays(
                log.access(), log.environment(project), (who, what, on, counts, problem) -> {}, Clock.systemUTC());
        long begun = System.nanoTime();
        ReplayRequest all = new ReplayRequest(
                "rows",
                List.of("property"),
                List.of(),
                null,
                ReplayBound.NONE,
                ReplayBound.NONE,
                null,
                0,
                0,
                "benchmark");
        try (RunningReplay replay =
                replays.start(all, Replays.Live.REFUSED).here().orElseThrow()) {
            measure("replay", begun);
            if (!replay.awaitEnd(Duration.ofMinutes(1))) {
                throw new IllegalStateException("the replay does not end");
            }
        }
    }

    private void measure(String name, long begun) throws InterruptedException {
        long first = await(1);
        long firstAt = System.nanoTime();
        await(rows);
        long end = System.nanoTime();
        System.out.printf(
                Locale.ROOT,
                "%-8s %8.0f rows/s from the first row, %8.0f from the start%n",
                name,
                (rows - first) * 1e9 / (end - firstAt),
                rows * 1e9 / (end - begun));
    }

    private long await(long wanted) throws InterruptedException {
        while (true) {
            long now = project.count("properties");
            if (now >= wanted) {
                return now;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
    }

    private void forgetGroup() {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", log.access().settings().bootstrapServers()))) {
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> admin.deleteConsumerGroups(List.of(log.topics().prefix() + "-sink"))
                                    .all()
                                    .get()
                            == null);
        }
    }
}
