package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.topic.LoneConsumer;
import com.listingsync.common.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The log as it is in Kafka, read by a consumer in no group. */
public final class KafkaSourceLog implements SourceLog {

    /** A stream thread waits for it: long enough for an answer that is under way, short beside the live stream's freshness. */
    private static final Duration POLL = Duration.ofMillis(10);

    private static final int RECORDS_A_POLL = 500;

    /** For the offsets asked for once; longer, and the thread is replaced and asks again. */
    private static final int PATIENCE_MILLIS = 10_000;

    private final Topics topics;
    private final int partition;
    private final Consumer<byte[], byte[]> consumer;

    private @Nullable TopicPartition assigned;

    private KafkaSourceLog(Topics topics, int partition, Consumer<byte[], byte[]> consumer) {
        this.topics = topics;
        this.partition = partition;
        this.consumer = consumer;
    }

    /** Opens logs with these client properties. */
    public static Opener opener(Map<String, Object> clients, Topics topics) {
        return partition -> {
            Map<String, Object> properties = new HashMap<>(clients);
            properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
            properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
            properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
            return new KafkaSourceLog(topics, partition, LoneConsumer.ofBytes(properties));
        };
    }

    @Override
    public long begin(Entity entity) {
        return offset(entity, consumer.beginningOffsets(List.of(place(entity))));
    }

    @Override
    public long at(Entity entity, long timestamp) {
        OffsetAndTimestamp found =
                consumer.offsetsForTimes(Map.of(place(entity), timestamp)).get(place(entity));
        return found == null ? end(entity) : found.offset();
    }

    @Override
    public long end(Entity entity) {
        return offset(entity, consumer.endOffsets(List.of(place(entity))));
    }

    @Override
    public Slice read(Entity entity, long from, long to) {
        TopicPartition place = place(entity);
        if (!place.equals(assigned)) {
            consumer.assign(List.of(place));
            assigned = place;
            consumer.seek(place, from);
        } else if (consumer.position(place) != from) {
            consumer.seek(place, from);
        }
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(place)) {
            if (record.offset() < to) {
                records.add(record);
            }
        }
        return new Slice(records, Math.min(to, consumer.position(place)));
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
    }

    private TopicPartition place(Entity entity) {
        return new TopicPartition(topics.source(entity).name(), partition);
    }

    private long offset(Entity entity, Map<TopicPartition, Long> offsets) {
        return Objects.requireNonNull(offsets.get(place(entity)), "Kafka answers for every partition asked for");
    }
}
