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
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/**
 * Rows per second and CPU per row, from topic to table: 200,000 rows of 772 bytes with 20 columns, 4 partitions, a guarded table,
 * everything on; beside a bare poster ({@link ParallelPoster}), without and with {@code columns=}. Each runs in a JVM of its own, so
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

    private static final Duration LOOK_EVERY = Duration.ofMillis(25);

    private SinkBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path folder = Files.createTempDirectory("sink-benchmark");
        try (SinkStack stack = SinkStack.start(folder)) {
            stack.execute(BenchedTable.sql());
            Topics topics = stack.freshTopics();
            fill(stack, topics, rows);
            Path mapping = Files.writeString(folder.resolve("mapping.yaml"), BenchedTable.mapping());
            String only = System.getenv().getOrDefault("BENCH_ONLY", "");
            for (int round = 1; round <= rounds; round++) {
                if (only.isEmpty()) {
                    measure("poster", stack, topics, rows, poster(stack, topics, ""));
                    measure(
                            "poster, columns=",
                            stack,
                            topics,
                            rows,
                            poster(stack, topics, "&columns=" + BenchedTable.columns()));
                }
                for (String variant : variants()) {
                    measure("sink " + variant, stack, topics, rows, sink(stack, topics, mapping, variant));
                }
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
            ThreadTimes before = ThreadTimes.of(process);
            await(stack, rows, process);
            double seconds = (System.nanoTime() - firstAt) / 1e9;
            ThreadTimes used = ThreadTimes.of(process).minus(before);
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %8.0f rows/s  %6.1f µs CPU/row (%s)%n",
                    name,
                    (rows - first) / seconds,
                    used.total() * 1e6 / (rows - first),
                    used.perRow(rows - first));
        } finally {
            process.destroy();
            process.waitFor();
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

    /** What to vary of the sink: {@code BENCH_VARIANTS}, split by {@code |}; each is settings and JVM options. */
    private static String[] variants() {
        return System.getenv().getOrDefault("BENCH_VARIANTS", "").split("\\|", -1);
    }

    private static Start sink(SinkStack stack, Topics topics, Path mapping, String variant) {
        Map<String, String> environment = stack.environment(topics);
        environment
                .keySet()
                .removeAll(List.of("SYNC_RETRY_DELAY", "SYNC_RETRY_ATTEMPTS", "SYNC_CIRCUIT_BREAKER_TIMEOUT"));
        environment.put("SYNC_MAPPING", mapping.toString());
        List<String> jvm = new ArrayList<>(List.of("-Xmx256m"));
        for (String part : variant.strip().split(" +")) {
            if (part.startsWith("-")) {
                jvm.add(part);
            } else if (part.contains("=")) {
                environment.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
            }
        }
        return () -> SinkMain.start(environment, jvm.toArray(String[]::new));
    }

    private static Start poster(SinkStack stack, Topics topics, String more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "BOOTSTRAP", stack.bootstrapServers(),
                "TOPIC", topics.rows().name(),
                "ADDRESS", stack.restUri() + "/bench?on_conflict=c00" + more,
                "KEY", stack.environment(topics).get("SUPABASE_SERVICE_ROLE_KEY")));
        return () -> SinkMain.start(ParallelPoster.class, environment, "-Xmx1g");
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
        try (RowsTopic topic = new RowsTopic(stack.bootstrapServers(), topics)) {
            for (int i = 0; i < rows; i++) {
                BenchedTable.add(topic, i, 1);
            }
            topic.flush();
        }
    }
}
