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
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.awaitility.Awaitility;

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
 * Environment: {@link Destination}'s; {@code BENCH_ONLY} set to anything for the sink alone; {@code BENCH_VARIANTS} for what to vary of
 * the sink, split by {@code |}, each settings ({@code NAME=value}) and JVM options ({@code -…}); {@code BENCH_POSTER_JVM} for a poster
 * with other JVM options; {@code BENCH_TRACED} for one traced row in so many, which costs the sink something with {@code
 * SYNC_TRACING=otlp} among its variants.
 */
public final class SinkBenchmark {

    private static final Duration LOOK_EVERY = Duration.ofMillis(25);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** As the image and the launcher start it; the heap is what the README promises. */
    static final List<String> JVM = List.of(
            "-Xmx256m",
            "-Xmn190m",
            "-XX:SurvivorRatio=3",
            "-XX:MetaspaceSize=64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1");

    /** The same with four times the heap: the baseline is not to be short of memory. */
    private static final List<String> POSTER_JVM =
            List.of("-Xmx1g", "-Xmn640m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final SinkStack stack;
    private final Topics topics;
    private final Destination destination;
    private final Path mapping;
    private final int rows;

    private SinkBenchmark(SinkStack stack, Topics topics, Destination destination, Path mapping, int rows) {
        this.stack = stack;
        this.topics = topics;
        this.destination = destination;
        this.mapping = mapping;
        this.rows = rows;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path folder = Files.createTempDirectory("sink-benchmark");
        try (SinkStack stack = SinkStack.start(folder)) {
            Topics topics = stack.freshTopics();
            Destination destination = Destination.of(stack, System.getenv());
            destination.execute(BenchedTable.sql());
            Path mapping = Files.writeString(folder.resolve("mapping.yaml"), BenchedTable.mapping());
            SinkBenchmark benchmark = new SinkBenchmark(stack, topics, destination, mapping, rows);
            benchmark.fill();
            System.out.printf(Locale.ROOT, "%d rows, %s%n", rows, destination.url());
            for (int round = 1; round <= rounds; round++) {
                benchmark.round();
            }
        }
    }

    private void round() throws IOException, InterruptedException {
        if (!System.getenv().containsKey("BENCH_ONLY")) {
            measure("poster", poster(""));
            measure("poster, columns=", poster("&columns=" + BenchedTable.columns()));
        }
        if (System.getenv().containsKey("BENCH_POSTER_JVM")) {
            measure(
                    "poster, other JVM",
                    poster("", List.of(System.getenv("BENCH_POSTER_JVM").split(" "))));
        }
        for (String variant : System.getenv().getOrDefault("BENCH_VARIANTS", "").split("\\|", -1)) {
            measure(("sink " + variant).strip(), sink(variant));
        }
    }

    /** How a contender is started. */
    private interface Start {
        Process start() throws IOException;
    }

    private void measure(String name, Start contender) throws IOException, InterruptedException {
        destination.execute("truncate bench");
        forgetGroups();
        Process process = contender.start();
        try {
            await(1, process);
            MachineTimes before = MachineTimes.of(process, destination);
            long first = (long) destination.number("select count(*) from bench");
            await(rows, process);
            MachineTimes used = MachineTimes.of(process, destination).minus(before);
            double seconds = destination.number("select extract(epoch from max(seen_at) - min(seen_at)) from bench");
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %8.0f rows/s  µs CPU/row: %s%n",
                    name,
                    rows / seconds,
                    used.perRow(rows - first));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    /** Counting costs the database much of what writing does: it is asked again when half of what is left may be there. */
    private void await(long wanted, Process process) throws InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            long there = (long) destination.number("select count(*) from (select from bench limit " + wanted + ") b");
            if (there >= wanted) {
                return;
            }
            long passed = System.nanoTime() - begin;
            long half = there == 0 ? 0 : passed * (wanted - there) / there / 2;
            Duration pause =
                    Duration.ofNanos(Math.min(half, LONGEST_PAUSE.toNanos())).plus(LOOK_EVERY);
            if (process.waitFor(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("it ended with exit code " + process.exitValue());
            }
        }
    }

    private Start sink(String variant) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers(),
                "SYNC_TOPIC_PREFIX", topics.prefix(),
                "SYNC_TOPIC_PARTITIONS", Integer.toString(topics.partitions()),
                "SUPABASE_URL", destination.url().toString(),
                "SUPABASE_REST_PATH", "/",
                "SUPABASE_SERVICE_ROLE_KEY", destination.key(),
                "SYNC_MAPPING", mapping.toString()));
        List<String> jvm = new ArrayList<>(JVM);
        for (String part : variant.strip().split(" +")) {
            if (part.startsWith("-")) {
                jvm.add(part);
            } else if (part.contains("=")) {
                environment.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
            }
        }
        return () -> SinkMain.start(environment, jvm.toArray(String[]::new));
    }

    private Start poster(String more) {
        return poster(more, POSTER_JVM);
    }

    private Start poster(String more, List<String> jvm) {
        Map<String, String> environment = Map.of(
                "BOOTSTRAP", stack.bootstrapServers(),
                "TOPIC", topics.rows().name(),
                "ADDRESS", destination.url() + "/bench?on_conflict=c00" + more,
                "KEY", destination.key());
        return () -> SinkMain.start(ParallelPoster.class, environment, jvm.toArray(String[]::new));
    }

    /** Begins anew: a contender that has ended is a member of its group until its session ends, or until it is put out. */
    private void forgetGroups() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> {
                List<String> groups = new ArrayList<>();
                admin.listGroups().all().get().forEach(group -> groups.add(group.groupId()));
                for (String group : groups) {
                    admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                            .all()
                            .get();
                }
                admin.deleteConsumerGroups(groups).all().get();
                return true;
            });
        }
    }

    private void fill() {
        try (RowsTopic topic = new RowsTopic(stack.bootstrapServers(), topics)) {
            topic.trace(Integer.parseInt(System.getenv().getOrDefault("BENCH_TRACED", "0")));
            for (int i = 0; i < rows; i++) {
                BenchedTable.add(topic, i, 1);
            }
            topic.flush();
        }
    }
}
