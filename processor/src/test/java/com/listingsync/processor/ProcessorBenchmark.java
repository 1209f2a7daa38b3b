package com.listingsync.processor;

import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.property;

import com.listingsync.common.health.Service;
import com.listingsync.processor.topology.TestSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Records a second through the whole processor on a real broker in this process: RocksDB, exactly once, 772-byte photos of
 * known listings, three of four a duplicate (design.md §9). The clock runs from the first committed input to the last.
 *
 * <p>Not a test. Run it with the test class path: {@code ProcessorBenchmark [records] [threads] [partitions] [rocksdb|memory]};
 * it prints one line.
 */
final class ProcessorBenchmark {

    private static final int PAYLOAD_BYTES = 772;
    private static final int COPIES = 4;
    private static final int LISTINGS = 2_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private ProcessorBenchmark() {}

    public static void main(String[] args) throws Exception {
        int records = args.length > 0 ? Integer.parseInt(args[0]) : 800_000;
        String threads = args.length > 1 ? args[1] : "2";
        int partitions = args.length > 2 ? Integer.parseInt(args[2]) : 4;
        String store = args.length > 3 ? args[3] : "rocksdb";
        Path folder = Files.createTempDirectory("processor-benchmark");
        try (TestBroker broker = TestBroker.start(folder.resolve("kafka"), partitions)) {
            fill(broker, records);
            Map<String, String> environment = new HashMap<>(broker.environment(folder.resolve("state")));
            environment.put("SYNC_PROCESSOR_THREADS", threads);
            environment.put("SYNC_STATE_STORE", store);
            measure(broker, environment, records + LISTINGS);
        } finally {
            delete(folder);
        }
    }

    private static void fill(TestBroker broker, int records) {
        for (int i = 0; i < LISTINGS; i++) {
            broker.send(property("L" + i, 1, "\"StandardStatus\":\"Active\""));
        }
        broker.flush();
        int photos = records / COPIES;
        int window = 10_000;
        for (int start = 0; start < photos; start += window) {
            for (int copy = 0; copy < COPIES; copy++) {
                for (int i = start; i < Math.min(photos, start + window); i++) {
                    broker.send(photo(i));
                }
            }
        }
        broker.flush();
    }

    private static TestSource photo(int number) {
        String fields = "\"MediaURL\":\"https://photos.example/" + number + ".jpg\",\"Order\":" + number % 40
                + ",\"ImageSizeDescription\":\"Large\",\"MediaModificationTimestamp\":\"2026-11-20T10:00:00Z\"";
        TestSource photo = media("L" + number % LISTINGS, "M" + number, 1, fields);
        int missing = PAYLOAD_BYTES - String.valueOf(photo.json()).length() - 20;
        return media(
                "L" + number % LISTINGS,
                "M" + number,
                1,
                fields + ",\"Caption\":\"" + "x".repeat(Math.max(0, missing)) + "\"");
    }

    private static void measure(TestBroker broker, Map<String, String> environment, long expected) throws Exception {
        try (Service processor = ProcessorApp.start(environment);
                Admin admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            String group = broker.topics().prefix() + ".processor";
            long done = 0;
            long begun = 0;
            long cpuBegun = 0;
            long doneAtBegin = 0;
            while (done < expected) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                done = committed(admin, group);
                if (begun == 0 && done > LISTINGS) {
                    begun = System.nanoTime();
                    cpuBegun = cpuNanos();
                    doneAtBegin = done;
                }
            }
            double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
            double cpu = (cpuNanos() - cpuBegun) / 1_000.0 / (expected - doneAtBegin);
            System.out.printf(
                    "%s records in %.1f s: %,.0f records/s, %.1f µs of CPU a record (broker included), %s%n",
                    expected - doneAtBegin, seconds, (expected - doneAtBegin) / seconds, cpu, processor.name());
        }
    }

    private static long committed(Admin admin, String group) throws Exception {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(entry -> entry.getKey().topic().contains(".source."))
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (var all = Files.walk(folder)) {
            files = all.sorted(java.util.Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
