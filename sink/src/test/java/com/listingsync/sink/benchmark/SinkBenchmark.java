package com.listingsync.sink.benchmark;

import com.listingsync.common.topic.Topics;
import com.listingsync.sink.RowsTopic;
import com.listingsync.sink.SinkMain;
import com.listingsync.sink.SinkStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Rows per second and CPU per row, from topic to table: 200,000 rows of 772 bytes with 20 columns, 4 partitions, a guarded table,
 * everything on; beside a bare poster ({@link BarePoster}), without and with {@code columns=}. Each runs in a JVM of its own, so
 * that its CPU is its own; broker, PostgreSQL and stand-in run in this one.
 *
 * <pre>
 *   mvn -q -pl sink -am test-compile -DskipTests
 *   java -cp &lt;test class path of sink&gt; com.listingsync.sink.benchmark.SinkBenchmark [rows] [rounds]
 * </pre>
 *
 * With {@code BENCH_ONLY} set to anything, the sink alone.
 */
public final class SinkBenchmark {

    private static final int COLUMNS = 20;
    private static final int ROW_BYTES = 772;
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);

    private SinkBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path folder = Files.createTempDirectory("sink-benchmark");
        try (SinkStack stack = SinkStack.start(folder)) {
            stack.execute(table());
            Topics topics = stack.freshTopics();
            fill(stack, topics, rows);
            Path mapping = Files.writeString(folder.resolve("mapping.yaml"), mapping());
            String only = System.getenv().getOrDefault("BENCH_ONLY", "");
            for (int round = 1; round <= rounds; round++) {
                if (only.isEmpty()) {
                    measure("bare poster", stack, topics, rows, barePoster(stack, topics, ""));
                    measure(
                            "bare poster, columns=",
                            stack,
                            topics,
                            rows,
                            barePoster(stack, topics, "&columns=" + columns()));
                }
                measure("sink", stack, topics, rows, sink(stack, topics, mapping));
            }
        }
    }

    /** How a contender is started. */
    private interface Start {
        Process start() throws IOException;
    }

    private static void measure(String name, SinkStack stack, Topics topics, int rows, Start contender)
            throws IOException, InterruptedException {
        stack.execute("truncate bench");
        forgetGroups(stack);
        Process process = contender.start();
        try {
            long first = await(stack, 1, process);
            long firstAt = System.nanoTime();
            Duration firstCpu = cpu(process);
            await(stack, rows, process);
            double seconds = (System.nanoTime() - firstAt) / 1e9;
            double cpuMicros = cpu(process).minus(firstCpu).toNanos() / 1e3;
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %8.0f rows/s  %6.1f µs CPU/row%n",
                    name,
                    (rows - first) / seconds,
                    cpuMicros / (rows - first));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static long await(SinkStack stack, long rows, Process process) throws InterruptedException {
        while (true) {
            long now = stack.count("bench");
            if (now >= rows) {
                return now;
            }
            if (process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("it ended with exit code " + process.exitValue());
            }
        }
    }

    private static Duration cpu(Process process) {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static Start sink(SinkStack stack, Topics topics, Path mapping) {
        Map<String, String> environment = stack.environment(topics);
        environment.remove("SYNC_RETRY_DELAY");
        environment.remove("SYNC_RETRY_ATTEMPTS");
        environment.put("SYNC_MAPPING", mapping.toString());
        return () -> SinkMain.start(environment, jvmArguments());
    }

    /** Of the sink under test: {@code BENCH_JVM}, for profiling; its heap is what the README promises. */
    private static String[] jvmArguments() {
        return ("-Xmx256m " + System.getenv().getOrDefault("BENCH_JVM", ""))
                .strip()
                .split(" ");
    }

    private static Start barePoster(SinkStack stack, Topics topics, String more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "BOOTSTRAP", stack.bootstrapServers(),
                "TOPIC", topics.rows().name(),
                "ADDRESS", stack.restUri() + "/bench?on_conflict=c00" + more,
                "KEY", stack.environment(topics).get("SUPABASE_SERVICE_ROLE_KEY")));
        return () -> SinkMain.start(BarePoster.class, environment, "-Xmx256m");
    }

    private static void forgetGroups(SinkStack stack) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            while (true) {
                try {
                    List<String> groups = new ArrayList<>();
                    admin.listGroups().all().get().forEach(group -> groups.add(group.groupId()));
                    admin.deleteConsumerGroups(groups).all().get();
                    return;
                } catch (java.util.concurrent.ExecutionException e) {
                    // The killed contender is still a member until its session ends.
                    TimeUnit.MILLISECONDS.sleep(500);
                }
            }
        }
    }

    private static void fill(SinkStack stack, Topics topics, int rows) {
        String rest = IntStream.range(1, COLUMNS - 2)
                .mapToObj(i -> String.format("\"c%02d\":\"", i))
                .collect(Collectors.joining());
        int perColumn = (ROW_BYTES - rest.length() - 80) / (COLUMNS - 3);
        String value = "x".repeat(perColumn);
        String columns = IntStream.range(1, COLUMNS - 2)
                .mapToObj(i -> String.format(",\"c%02d\":\"%s\"", i, value))
                .collect(Collectors.joining());
        try (RowsTopic topic = new RowsTopic(stack.bootstrapServers(), topics)) {
            for (int i = 0; i < rows; i++) {
                String id = String.format("L%07d", i);
                topic.upsert(
                        "bench", id, id, 1, "\"c00\":\"" + id + "\"" + columns, Optional.of(RowsTopic.origin("run-1")));
            }
            topic.flush();
        }
    }

    private static String columns() {
        return IntStream.range(0, COLUMNS - 2)
                        .mapToObj(i -> String.format("c%02d", i))
                        .collect(Collectors.joining(",")) + ",deleted_at,row_version";
    }

    private static String table() {
        String texts = IntStream.range(1, COLUMNS - 2)
                .mapToObj(i -> String.format("c%02d text, ", i))
                .collect(Collectors.joining());
        return "create table bench (c00 text primary key, " + texts
                + "deleted_at timestamptz, row_version bigint not null);"
                + " create trigger guard before update on bench for each row when (new.row_version <= old.row_version)"
                + " execute function listing_sync_refuse_older(); grant all on bench to service_role;"
                + " notify pgrst, 'reload schema'";
    }

    private static String mapping() {
        String texts = IntStream.range(0, COLUMNS - 2)
                .mapToObj(i -> String.format("      c%02d: {from: c%02d}%n", i, i))
                .collect(Collectors.joining());
        return "version: 1\ntables:\n  bench:\n    entity: property\n    key: c00\n    guard: row_version\n"
                + "    deleted_at: deleted_at\n    columns:\n" + texts
                + "      deleted_at: {computed: deleted_at, type: timestamp}\n"
                + "      row_version: {computed: row_version, type: integer}\n";
    }
}
