package com.listingsync.processor;

import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.KafkaSettings;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.trace.TraceHeader;
import com.listingsync.common.trace.Tracing;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.processor.topology.KafkaSourceLog;
import com.listingsync.processor.topology.ListingSetup;
import com.listingsync.processor.topology.ListingTopology;
import com.listingsync.processor.topology.ProcessorMeters;
import com.listingsync.processor.topology.TestSource;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Records a second through the whole processor on a real broker in this process, in turns with {@link PlainDsl} on the same
 * records: RocksDB, exactly once, 772-byte photos of known listings, three of four a duplicate (design.md §9). Both begin each
 * round with nothing: no state, no offsets. The clock runs from the first twentieth of the input that is committed to the last
 * record; CPU time is this whole process's, broker, compilers and garbage collector included.
 *
 * <p>Not a test. Run it with the test class path: {@code ProcessorBenchmark [records] [threads] [partitions] [rounds]}; the
 * first round of each warms the code up and does not count. With {@code BENCH_TRACED=100} in the environment one photo in a
 * hundred bears a trace, and the processor with {@code SYNC_TRACING=otlp} runs in turns with itself without.
 */
final class ProcessorBenchmark {

    private static final int COPIES = 4;
    private static final int LISTINGS = 2_000;
    private static final int WINDOW = 10_000;
    private static final int TRACED_ONE_IN = Integer.parseInt(System.getenv().getOrDefault("BENCH_TRACED", "0"));
    private static final String OTHER = TRACED_ONE_IN > 0 ? "untraced" : "plain DSL";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final TestBroker broker;
    private final Path folder;
    private final int records;
    private final int threads;

    /** What one round measured. */
    private record Result(double perSecond, double cpuMicros, String parts) {}

    private ProcessorBenchmark(TestBroker broker, Path folder, int records, int threads) {
        this.broker = broker;
        this.folder = folder;
        this.records = records;
        this.threads = threads;
    }

    public static void main(String[] args) throws Exception {
        int records = args.length > 0 ? Integer.parseInt(args[0]) : 800_000;
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 2;
        int partitions = args.length > 2 ? Integer.parseInt(args[2]) : 4;
        int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 3;
        Path folder = Files.createTempDirectory("processor-benchmark");
        try (TestBroker broker = TestBroker.start(folder.resolve("kafka"), partitions)) {
            new ProcessorBenchmark(broker, folder, records, threads).run(rounds);
        } finally {
            Folders.delete(folder);
        }
    }

    private void run(int rounds) throws Exception {
        fill();
        List<Result> ours = new ArrayList<>();
        List<Result> others = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            // Who comes second finds more of everything in caches, so that the order changes.
            boolean oursFirst = round % 2 == 1;
            Result early = oursFirst ? processor(round) : other(round);
            Result late = oursFirst ? other(round) : processor(round);
            Result processor = oursFirst ? early : late;
            Result baseline = oursFirst ? late : early;
            print(round == 0 ? "warm-up" : "round " + round, baseline, processor);
            if (round > 0) {
                others.add(baseline);
                ours.add(processor);
            }
        }
        if (rounds > 0) {
            print("median", median(others), median(ours));
        }
    }

    private void fill() {
        for (int i = 0; i < LISTINGS; i++) {
            broker.send(Photos.listing(i));
        }
        broker.flush();
        int photos = records / COPIES;
        for (int start = 0; start < photos; start += WINDOW) {
            List<TestSource> window = new ArrayList<>();
            for (int i = start; i < Math.min(photos, start + WINDOW); i++) {
                window.add(Photos.photo(i, LISTINGS));
            }
            for (int copy = 0; copy < COPIES; copy++) {
                for (int i = 0; i < window.size(); i++) {
                    send(window.get(i), (long) copy * photos + start + i);
                }
            }
        }
        broker.flush();
    }

    private void send(TestSource photo, long number) {
        Headers headers = photo.headers();
        if (TRACED_ONE_IN > 0 && number % TRACED_ONE_IN == 0) {
            RecordHeaders.put(
                    headers, TraceHeader.NAME, String.format(Locale.ROOT, "00-%032x-%016x-01", number + 1, number + 1));
        }
        broker.send(photo, headers);
    }

    /** Whom the processor is measured beside. */
    private Result other(int round) throws Exception {
        return TRACED_ONE_IN > 0 ? processor("untraced-" + round, "off") : plain(round);
    }

    private Result processor(int round) throws Exception {
        return processor("ours-" + round, TRACED_ONE_IN > 0 ? "otlp" : "off");
    }

    private Result processor(String name, String tracing) throws Exception {
        Map<String, String> environment = new HashMap<>(broker.environment(folder.resolve("state-" + name)));
        environment.put("SYNC_PROCESSOR_THREADS", Integer.toString(threads));
        environment.put("SYNC_TRACING", tracing);
        System.getenv().forEach(environment::putIfAbsent);
        ProcessorSettings settings = EnvRecords.read(ProcessorSettings.class, environment);
        String application = "bench-" + name;
        try (Meters meters = new Meters();
                Tracing traces = Tracing.of(settings.tracing(), "processor", meters)) {
            ProcessorMeters processorMeters = new ProcessorMeters(meters);
            Properties properties =
                    StreamsProperties.of(settings, KafkaSettings.clientProperties(environment), processorMeters);
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
            ListingSetup setup = new ListingSetup(
                    broker.topics(),
                    Mapping.standard(),
                    processorMeters,
                    settings.parkingLimit(),
                    settings.runSilence(),
                    KafkaSourceLog.opener(
                            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                            broker.topics()),
                    traces);
            ListingTopology topology = new ListingTopology(setup, settings.stateStore());
            return measure(() -> new KafkaStreams(topology.get(), properties), application);
        }
    }

    private Result plain(int round) throws Exception {
        try (Admin admin = admin()) {
            TopicSpec like = broker.topics().rows();
            TopicSpec output = new TopicSpec(PlainDsl.OUTPUT, "", "", "", like.partitions(), like.config());
            new TopicAdmin(admin).createMissing(List.of(output), TopicAdmin.BROKER_DEFAULT_REPLICATION);
        }
        String application = "bench-plain-" + round;
        Properties properties = PlainDsl.properties(
                application, broker.bootstrapServers(), threads, folder.resolve("plain-state-" + round));
        return measure(
                () -> new KafkaStreams(new PlainDsl(broker.topics(), Mapping.standard()).get(), properties),
                application);
    }

    private Result measure(Supplier<KafkaStreams> application, String group) throws Exception {
        learnListings(application, group);
        try (KafkaStreams streams = application.get();
                Admin admin = admin()) {
            streams.start();
            long done = 0;
            long begun = 0;
            CpuTime cpuBegun = CpuTime.now();
            long doneAtBegin = 0;
            while (done < records) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                done = committed(admin, group, Entity.MEDIA);
                if (begun == 0 && done > records / 20) {
                    begun = System.nanoTime();
                    cpuBegun = CpuTime.now();
                    doneAtBegin = done;
                }
            }
            double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
            long measured = records - doneAtBegin;
            CpuTime used = CpuTime.now().since(cpuBegun);
            String parts = used.partNanos().entrySet().stream()
                    .map(part -> String.format(
                            "%s %.1f",
                            part.getKey().name().toLowerCase(Locale.ROOT), part.getValue() / 1_000.0 / measured))
                    .collect(Collectors.joining(", "));
            return new Result(measured / seconds, used.totalNanos() / 1_000.0 / measured, parts);
        }
    }

    /** Lets an application process the listings, with the photos still ahead of it. */
    private void learnListings(Supplier<KafkaStreams> application, String group) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> begin = new HashMap<>();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < broker.topics().partitions(); partition++) {
            TopicPartition photos =
                    new TopicPartition(broker.topics().source(Entity.MEDIA).name(), partition);
            begin.put(photos, new OffsetAndMetadata(0));
            ends.put(photos, OffsetSpec.latest());
        }
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetAndMetadata> end = new HashMap<>();
            admin.listOffsets(ends)
                    .all()
                    .get()
                    .forEach((partition, info) -> end.put(partition, new OffsetAndMetadata(info.offset())));
            admin.alterConsumerGroupOffsets(group, end).all().get();
            try (KafkaStreams streams = application.get()) {
                streams.start();
                while (committed(admin, group, Entity.PROPERTY) < LISTINGS) {
                    LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                }
                streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
            }
            admin.alterConsumerGroupOffsets(group, begin).all().get();
        }
    }

    private long committed(Admin admin, String group, Entity entity) throws Exception {
        String topic = broker.topics().source(entity).name();
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
    }

    private static void print(String what, Result plain, Result processor) {
        System.out.printf(
                "%-8s %s %,8.0f records/s, %5.1f µs CPU; processor %,8.0f records/s, %5.1f µs CPU;"
                        + " speed x%.2f, CPU x%.2f; load average %.1f%n",
                what,
                OTHER,
                plain.perSecond(),
                plain.cpuMicros(),
                processor.perSecond(),
                processor.cpuMicros(),
                processor.perSecond() / plain.perSecond(),
                processor.cpuMicros() / plain.cpuMicros(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        System.out.println("         " + OTHER + ": " + plain.parts() + "; ours: " + processor.parts());
    }

    private static Result median(List<Result> results) {
        return new Result(
                middle(results.stream().map(Result::perSecond).toList()),
                middle(results.stream().map(Result::cpuMicros).toList()),
                "");
    }

    private static double middle(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
