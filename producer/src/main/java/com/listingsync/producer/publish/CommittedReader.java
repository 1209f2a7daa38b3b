package com.listingsync.producer.publish;

import com.listingsync.common.topic.TopicSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads partitions from their beginning to where they end now, committed data only.
 *
 * <p>The end is the one of uncommitted data: another feed's open transaction holds the committed end back, and a record
 * that was committed behind it must not be missed. Immutable; its reads are confined to the calling thread.
 */
public final class CommittedReader {

    /** Longer than any transaction may stay open: without a record for this long, one does. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int ADMIN_TIMEOUT_MILLIS = 30_000;

    private final KafkaAccess kafka;

    public CommittedReader(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    /**
     * Hands every committed record of a topic to {@code each}, in the order of its partition.
     *
     * @throws KafkaException when Kafka can't be read, or a transaction stays open for too long
     */
    public void readAll(TopicSpec topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        readAll(
                IntStream.range(0, topic.partitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                        .toList(),
                each);
    }

    /** As {@link #readAll(TopicSpec, Consumer)}, of some partitions. */
    public void readAll(Collection<TopicPartition> partitions, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<TopicPartition, Long> ends = ends(partitions);
        try (org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> reader = kafka.reader()) {
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            long deadline = System.nanoTime() + LONGEST.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
                if (!records.isEmpty()) {
                    deadline = System.nanoTime() + LONGEST.toNanos();
                    records.forEach(each);
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new TimeoutException("a transaction on " + ends.keySet() + " stays open for too long");
                }
            }
        }
    }

    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        try (Admin admin = kafka.admin(ADMIN_TIMEOUT_MILLIS)) {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(latest).all().get().forEach((partition, info) -> ends.put(partition, info.offset()));
            return ends;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            // Nothing was read; whoever takes the feed over tries again.
            throw new KafkaException("Kafka did not tell where " + partitions + " end", e.getCause());
        }
    }
}
