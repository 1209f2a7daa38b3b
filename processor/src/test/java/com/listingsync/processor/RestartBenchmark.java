package com.listingsync.processor;

import com.listingsync.common.wire.RecordHeaders;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How long a processor with much state takes until it works again: from the start of its process (JVM start included) until the
 * row of a record that came meanwhile is committed. Once after a stop, with its local state there; once after a SIGKILL with the
 * local state gone, from the changelogs.
 *
 * <p>Not a test. Run it with the test class path: {@code RestartBenchmark [keys]}; it prints one line each.
 */
final class RestartBenchmark {

    private static final int PARTITIONS = 4;
    private static final int LISTINGS = 20_000;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private RestartBenchmark() {}

    public static void main(String[] args) throws Exception {
        int keys = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        Path folder = Files.createTempDirectory("restart-benchmark");
        Path log = folder.resolve("processor.log");
        Path state = folder.resolve("state");
        try (TestBroker broker = TestBroker.start(folder.resolve("kafka"), PARTITIONS)) {
            Map<String, String> environment = new HashMap<>(broker.environment(state));
            environment.put("SYNC_INSTANCE", "processor-1");
            long sent = fill(broker, keys);
            try (ProcessorProcess first = ProcessorProcess.start(environment, log)) {
                while (CommittedProgress.of(broker) < sent) {
                    LockSupport.parkNanos(LOOK_AGAIN.toNanos());
                }
                first.stop();
            }
            try (ProcessorProcess second = restarted(broker, environment, log, keys, "local state")) {
                second.kill();
            }
            Folders.delete(state);
            try (ProcessorProcess third = restarted(broker, environment, log, keys + 1, "changelogs")) {
                third.stop();
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private static long fill(TestBroker broker, int keys) {
        for (int i = 0; i < LISTINGS; i++) {
            broker.send(Photos.listing(i));
        }
        for (int i = 0; i < keys; i++) {
            broker.send(Photos.photo(i, LISTINGS));
        }
        broker.flush();
        return LISTINGS + (long) keys;
    }

    private static ProcessorProcess restarted(
            TestBroker broker, Map<String, String> environment, Path log, int number, String from) throws Exception {
        List<TopicPartition> rows = List.of(
                new TopicPartition(broker.topics().rows().name(), 0),
                new TopicPartition(broker.topics().rows().name(), 1),
                new TopicPartition(broker.topics().rows().name(), 2),
                new TopicPartition(broker.topics().rows().name(), 3));
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(rows);
            consumer.seekToEnd(rows);
            rows.forEach(consumer::position);
            broker.send(Photos.photo(number, LISTINGS));
            broker.flush();
            long begun = System.nanoTime();
            ProcessorProcess process = ProcessorProcess.start(environment, log);
            while (!bringsPhoto(consumer.poll(LOOK_AGAIN))) {
                if (!process.alive()) {
                    throw new IllegalStateException("the processor ended; see " + log);
                }
            }
            System.out.printf(
                    "%,d keys in state: processing again after %.1f s from %s; load average %.1f%n",
                    number,
                    (System.nanoTime() - begun) / 1e9,
                    from,
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            return process;
        }
    }

    /** Whether there is a photo's row; those of the run may come before any work is done. */
    private static boolean bringsPhoto(ConsumerRecords<byte[], byte[]> rows) {
        for (ConsumerRecord<byte[], byte[]> row : rows) {
            if (RecordHeaders.readRow(row.headers()).table().equals("media")) {
                return true;
            }
        }
        return false;
    }
}
