package com.listingsync.console.deadletter;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.Fate;
import com.listingsync.common.deadletter.LetterId;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowKey;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How long {@code dlq stats} takes over many dead letters, and what it holds. Two processes, because the broker's heap is not to count:
 * {@code LetterBenchmark fill FOLDER N} starts a broker, fills it and stays; {@code LetterBenchmark stats HOST:PORT}, with the heap
 * to be tried ({@code -Xmx256m}, as the launcher sets it), counts three times and prints seconds, letters a second and the heap in
 * use after a collection and at the most.
 */
public final class LetterBenchmark {

    private static final int VALUE_BYTES = 772;
    private static final int ROUNDS = 3;
    private static final String[] CODES = {"22P02", "23514", "23505", "22003", "PGRST102"};

    private LetterBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("fill")) {
            fill(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        } else {
            count(KafkaAccess.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", arguments[1])));
        }
    }

    private static void fill(Path folder, int letters) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            KafkaAccess access = KafkaAccess.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()));
            try (Admin admin = access.admin()) {
                new TopicAdmin(admin).createMissing(access.topics().all(), TopicAdmin.BROKER_DEFAULT_REPLICATION);
            }
            try (Producer<byte[], byte[]> producer = producer(access)) {
                for (int i = 0; i < letters; i++) {
                    var unused = producer.send(letter(access, i));
                    if (i % 10 == 0) {
                        LetterId id = new LetterId(
                                access.topics().deadLetters(Stage.SINK).name(), i % 12, i / 12);
                        var told = producer.send(new Fate.Replayed(id, 1, "b", i).record(access.topics()));
                    }
                }
            }
            print("filled " + letters + "; broker at " + kafka.bootstrapServers());
            Thread.currentThread().join();
        }
    }

    private static Producer<byte[], byte[]> producer(KafkaAccess access) {
        Map<String, Object> properties = new HashMap<>(access.clientProperties());
        properties.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, ListingPartitioner.class);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> letter(KafkaAccess access, int number) {
        String listing = "W" + number;
        Headers original = new org.apache.kafka.common.header.internals.RecordHeaders();
        Origin origin = new Origin("mls", "property", View.IDX, Optional.of("20261122-080000-abcd"));
        RecordHeaders.write(new RowEvent("properties", Operation.UPSERT, number, Optional.of(origin)), original);
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        new DeadLetter(
                        Stage.SINK,
                        CODES[number % CODES.length],
                        "column list_price: the database refused the value",
                        Optional.of("list_price"),
                        Optional.of(400),
                        1,
                        Optional.empty(),
                        Optional.of(
                                new DeadLetter.Position(access.topics().rows().name(), number % 12, number)),
                        Instant.ofEpochMilli(1_764_000_000_000L + number))
                .write(original, headers);
        String json =
                "{\"listing_key\":\"" + listing + "\",\"city\":\"" + "x".repeat(VALUE_BYTES - 60) + number + "\"}";
        return new ProducerRecord<>(
                access.topics().deadLetters(Stage.SINK).name(),
                null,
                new RowKey(listing, "properties", listing).bytes(),
                json.getBytes(StandardCharsets.UTF_8),
                headers);
    }

    private static void count(KafkaAccess access) {
        for (int round = 0; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            long[] most = {0};
            LetterStats stats =
                    new DeadLetters(access, 3).stats(LetterFilter.ALL, read -> most[0] = Math.max(most[0], used()));
            double seconds = (System.nanoTime() - begun) / 1e9;
            long total =
                    stats.lines().stream().mapToLong(LetterStats.Line::total).sum();
            System.gc();
            print(String.format(
                    "%,d letters, %d causes: %.1f s, %,.0f letters/s; heap at the most %d MiB, afterwards %d MiB; CPU %.1f s",
                    total,
                    stats.lines().size(),
                    seconds,
                    total / seconds,
                    most[0] >> 20,
                    used() >> 20,
                    ProcessHandle.current()
                                    .info()
                                    .totalCpuDuration()
                                    .orElseThrow()
                                    .toMillis()
                            / 1000.0));
        }
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
