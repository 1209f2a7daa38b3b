package com.listingsync.console.replay;

import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowKey;
import com.listingsync.console.kafka.KafkaAccess;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of a test's own and rows on them, as the processor puts them there. */
public final class RowLog implements AutoCloseable {

    public static final String RUN = "20261122-080000-test";
    public static final int PARTITIONS = 3;

    private final Map<String, String> environment;
    private final KafkaAccess access;
    private final Producer<byte[], byte[]> producer;

    public RowLog(String bootstrapServers, String prefix) {
        this(bootstrapServers, prefix, new Topics(prefix, PARTITIONS).all());
    }

    /** With these topics only: a test that needs few makes few. */
    public RowLog(String bootstrapServers, String prefix, List<TopicSpec> used) {
        this.environment = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                bootstrapServers,
                "SYNC_TOPIC_PREFIX",
                prefix,
                "SYNC_TOPIC_PARTITIONS",
                Integer.toString(PARTITIONS));
        this.access = KafkaAccess.of(environment);
        try (Admin admin = access.admin()) {
            new TopicAdmin(admin).createMissing(used, TopicAdmin.BROKER_DEFAULT_REPLICATION);
        }
        Map<String, Object> properties = new HashMap<>(access.clientProperties());
        properties.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, ListingPartitioner.class);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    public KafkaAccess access() {
        return access;
    }

    public Topics topics() {
        return access.topics();
    }

    /** Kafka and a project, as the environment of a tool or a service. */
    public Map<String, String> environment(Project project) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(project.environment());
        return all;
    }

    public void property(String key, long version, String price) {
        row(
                key,
                "properties",
                key,
                Operation.UPSERT,
                version,
                "\"listing_key\":\"" + key + "\",\"list_price\":" + price);
    }

    public void media(String listing, String key, long version) {
        row(
                listing,
                "media",
                key,
                Operation.UPSERT,
                version,
                "\"media_key\":\"" + key + "\",\"listing_key\":\"" + listing + "\"");
    }

    public void delete(String key, long version) {
        row(
                key,
                "properties",
                key,
                Operation.DELETE,
                version,
                "\"listing_key\":\"" + key + "\",\"deleted_at\":\"2026-11-22T00:00:00Z\"");
    }

    public void purge(String key) {
        producer.send(
                new ProducerRecord<>(topics().rows().name(), null, new RowKey(key, "properties", key).bytes(), null));
    }

    public void row(String listing, String table, String id, Operation operation, long version, String columns) {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        Origin origin = new Origin("board", "property", View.IDX, Optional.of(RUN));
        RecordHeaders.write(new RowEvent(table, operation, version, Optional.of(origin)), headers);
        producer.send(new ProducerRecord<>(
                topics().rows().name(),
                null,
                new RowKey(listing, table, id).bytes(),
                ("{" + columns + ",\"row_version\":" + version + "}").getBytes(StandardCharsets.UTF_8),
                headers));
    }

    /** Rows that a group has not recorded as done. */
    public long lag(String group) {
        try (Admin admin = access.admin();
                Consumer<byte[], byte[]> ends = access.consumer()) {
            Map<TopicPartition, OffsetAndMetadata> done = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topics().rows().name(), partition))
                    .toList();
            return ends.endOffsets(partitions).entrySet().stream()
                    .mapToLong(end -> end.getValue()
                            - Optional.ofNullable(done.get(end.getKey()))
                                    .map(OffsetAndMetadata::offset)
                                    .orElse(0L))
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
