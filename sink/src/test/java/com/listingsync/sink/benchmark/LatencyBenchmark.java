package com.listingsync.sink.benchmark;

import com.listingsync.common.topic.Topics;
import com.listingsync.sink.RowsTopic;
import com.listingsync.sink.SinkMain;
import com.listingsync.sink.SinkStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * Time from a row's record on its topic to the row in its table, at 400 rows a second and a server that takes 20 ms longer. A row's
 * version is the microsecond in which it was handed to Kafka; the table notes when it wrote the row, some hundred microseconds before
 * the commit. Arguments: seconds, rows per second, milliseconds of delay.
 */
public final class LatencyBenchmark {

    private static final String COUNT = "select count(*) from bench";

    private LatencyBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        int perSecond = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 400;
        int delay = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        Path folder = Files.createTempDirectory("latency-benchmark");
        try (SinkStack stack = SinkStack.start(folder)) {
            Topics topics = stack.freshTopics();
            Destination destination = Destination.of(stack, Map.of()).behind(Duration.ofMillis(delay));
            destination.execute(BenchedTable.sql());
            Path mapping = Files.writeString(folder.resolve("mapping.yaml"), BenchedTable.mapping());
            Map<String, String> environment = stack.environment(topics);
            environment.put("SUPABASE_URL", destination.url().toString());
            environment.put("SYNC_MAPPING", mapping.toString());
            Process sink = SinkMain.start(environment, SinkBenchmark.JVM.toArray(String[]::new));
            try {
                int rows = seconds * perSecond;
                awaitSink(stack, topics, destination);
                feed(stack, topics, rows, perSecond);
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> destination.number(COUNT) == rows);
                report(destination, rows);
            } finally {
                sink.destroyForcibly().waitFor();
            }
        }
    }

    /** Starting and joining the group is no part of what is measured. */
    private static void awaitSink(SinkStack stack, Topics topics, Destination destination) {
        try (RowsTopic topic = new RowsTopic(stack.bootstrapServers(), topics)) {
            BenchedTable.add(topic, 0, 1);
            topic.flush();
        }
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> destination.number(COUNT) == 1);
    }

    /** The first tenth warms up. */
    private static void report(Destination destination, int rows) {
        for (double share : new double[] {0.5, 0.9, 0.99, 0.999, 1}) {
            double millis = destination.number(String.format(
                    Locale.ROOT,
                    "select percentile_cont(%f) within group (order by extract(epoch from seen_at) * 1000 -"
                            + " row_version / 1000.0) from bench where c00 >= 'L%07d'",
                    share,
                    rows / 10));
            System.out.printf(Locale.ROOT, "p%-5s %8.1f ms%n", share * 100, millis);
        }
    }

    private static void feed(SinkStack stack, Topics topics, int rows, int perSecond) {
        try (RowsTopic topic = new RowsTopic(stack.bootstrapServers(), topics)) {
            long begin = System.nanoTime();
            for (int i = 0; i < rows; i++) {
                LockSupport.parkNanos(begin + i * 1_000_000_000L / perSecond - System.nanoTime());
                BenchedTable.add(topic, i, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
            }
            topic.flush();
        }
    }
}
