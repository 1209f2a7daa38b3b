package com.listingsync.common.topic;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reading from where a consumer stands to where its partitions end now. Stateless. */
public final class LogEnd {

    private static final Duration POLL = Duration.ofMillis(200);

    /** A broker that is restarted is back by then, and nobody who asks wants to wait for longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private LogEnd() {}

    /**
     * Hands over the records of the assigned partitions, in order within each. Records that came after the end may be among the last.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException when nothing has come for a while, though there is more
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be read
     */
    public static <K, V> void readTo(
            Consumer<K, V> consumer, java.util.function.Consumer<? super ConsumerRecord<K, V>> each) {
        readTo(consumer, each, left -> true);
    }

    /**
     * As {@link #readTo(Consumer, java.util.function.Consumer)}, unless it is enough before.
     *
     * @param goesOn told between polls how many offsets are left; says whether they are still wanted
     */
    public static <K, V> void readTo(
            Consumer<K, V> consumer,
            java.util.function.Consumer<? super ConsumerRecord<K, V>> each,
            LongPredicate goesOn) {
        readTo(consumer, each, goesOn, new Standstill(PATIENCE));
    }

    /**
     * As {@link #readTo(Consumer, java.util.function.Consumer, LongPredicate)}, with other patience.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException when nothing has come for longer, though there is more
     */
    public static <K, V> void readTo(
            Consumer<K, V> consumer,
            java.util.function.Consumer<? super ConsumerRecord<K, V>> each,
            LongPredicate goesOn,
            Standstill standstill) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        long left = left(consumer, ends);
        while (goesOn.test(left) && left > 0) {
            consumer.poll(POLL).forEach(each);
            left = left(consumer, ends);
            // Offsets and not records: ends of transactions take places too.
            standstill.check(left);
        }
    }

    private static long left(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                .sum();
    }
}
