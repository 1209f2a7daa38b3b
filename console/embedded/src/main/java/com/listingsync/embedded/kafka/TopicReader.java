package com.listingsync.embedded.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what is committed to the topics of one broker, for tests that look again and again: its clients stay, and a {@link
 * CommittedTopic} reads each record once. Thread-safe.
 */
public final class TopicReader implements AutoCloseable {

    /** How long a transaction that is open now may take to end; one whose producer was killed is left out. */
    private static final Duration TO_SETTLE = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(100);

    /** A fetch that waits for records of one topic is in the way of the next topic's. */
    private static final int FETCH_WAIT_MILLIS = 50;

    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer;

    /** @param bootstrapServers {@code host:port} of a broker that asks no client who it is */
    public TopicReader(String bootstrapServers) {
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        FETCH_WAIT_MILLIS),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** A topic that exists, from its beginning. */
    public CommittedTopic topic(String name) {
        Map<TopicPartition, Long> beginning = new HashMap<>();
        synchronized (this) {
            consumer.partitionsFor(name)
                    .forEach(partition -> beginning.put(new TopicPartition(name, partition.partition()), 0L));
        }
        return new CommittedTopic(this, beginning);
    }

    /** The client it asks with; closed with this. */
    public Admin admin() {
        return admin;
    }

    @Override
    public synchronized void close() {
        consumer.close();
        admin.close();
    }

    /** What is committed now beyond some positions, oldest first within each partition; moves the positions. */
    synchronized List<ConsumerRecord<byte[], byte[]>> committed(Map<TopicPartition, Long> positions) {
        return readTo(ends(positions, IsolationLevel.READ_COMMITTED), Map.of(), positions);
    }

    /** As {@link #committed}, and what stands in the log without being decided is waited for. */
    synchronized List<ConsumerRecord<byte[], byte[]>> settled(Map<TopicPartition, Long> positions) {
        Map<TopicPartition, Long> written = ends(positions, IsolationLevel.READ_UNCOMMITTED);
        return readTo(ends(positions, IsolationLevel.READ_COMMITTED), written, positions);
    }

    private List<ConsumerRecord<byte[], byte[]>> readTo(
            Map<TopicPartition, Long> committed,
            Map<TopicPartition, Long> written,
            Map<TopicPartition, Long> positions) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long settled = System.nanoTime() + TO_SETTLE.toNanos();
        consumer.assign(positions.keySet());
        positions.forEach(consumer::seek);
        while (isBehind(committed) || (isBehind(written) && System.nanoTime() - settled < 0)) {
            consumer.poll(POLL).forEach(records::add);
        }
        positions.replaceAll((partition, before) -> consumer.position(partition));
        return records;
    }

    private boolean isBehind(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    private Map<TopicPartition, Long> ends(Map<TopicPartition, Long> positions, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        positions.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        try {
            admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking where topics end", e);
        } catch (ExecutionException e) {
            // Whoever looked at the topic sees why it can't be read.
            throw new IllegalStateException("the broker does not say where " + positions.keySet() + " end", e);
        }
    }
}
