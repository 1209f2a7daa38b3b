package com.listingsync.console.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reading from where a consumer stands to where its partitions end now. Stateless. */
public final class LogEnd {

    private static final Duration POLL = Duration.ofMillis(200);

    /** A consumer whose brokers go away says nothing and waits for ever; whoever reads to an end is told after this. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private LogEnd() {}

    /**
     * Hands over the records of the assigned partitions, in order within each.
     *
     * @throws TimeoutException when nothing has come for a while, though there is more
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be read
     */
    public static void readTo(
            Consumer<byte[], byte[]> consumer, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        readTo(consumer, each, PATIENCE);
    }

    static void readTo(
            Consumer<byte[], byte[]> consumer,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each,
            Duration patience) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        long left = left(consumer, ends);
        long moved = System.nanoTime();
        while (left > 0) {
            consumer.poll(POLL).forEach(each);
            long now = left(consumer, ends);
            if (now < left) {
                // Offsets and not records: ends of transactions take places too.
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > patience.toNanos()) {
                throw new TimeoutException(
                        "Kafka has sent nothing for " + patience.toSeconds() + " s, though there is more");
            }
            left = now;
        }
    }

    private static long left(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                .sum();
    }
}
