package com.listingsync.console.replay;

import com.listingsync.sink.consume.Intake;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A stretch of the rows topic as a loop takes it: from where its group has come, or the start, to the end, at a rate. Confined to the
 * loop's thread.
 */
final class Stretch implements Intake {

    private final String topic;
    private final ReplaySpan span;
    private final Predicate<ConsumerRecord<byte[], byte[]>> filter;
    private final Rate rate;
    private final Supplier<Duration> held;

    /** @param held how long nothing may be sent for another reason than the rate */
    Stretch(
            String topic,
            ReplaySpan span,
            Predicate<ConsumerRecord<byte[], byte[]>> filter,
            Rate rate,
            Supplier<Duration> held) {
        this.topic = topic;
        this.span = span;
        this.filter = filter;
        this.rate = rate;
        this.held = held;
    }

    /** No partition is ever shared: whoever takes a replay up has put its former process out by its transactional id. */
    @Override
    public void enter(Consumer<byte[], byte[]> consumer, ConsumerRebalanceListener handover) {
        List<TopicPartition> places = span.ends().keySet().stream()
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(places);
        Map<TopicPartition, OffsetAndMetadata> reached = consumer.committed(Set.copyOf(places));
        for (TopicPartition place : places) {
            OffsetAndMetadata at = reached.get(place);
            consumer.seek(place, at == null ? span.start(place.partition()) : at.offset());
        }
    }

    @Override
    public Duration hold() {
        Duration other = held.get();
        return other.isZero() ? rate.pause(System.nanoTime()) : other;
    }

    @Override
    public void narrow(Consumer<byte[], byte[]> consumer) {
        consumer.pause(consumer.assignment().stream()
                .filter(place -> isRead(consumer, place))
                .toList());
    }

    @Override
    public boolean wants(ConsumerRecord<byte[], byte[]> row) {
        boolean wanted = row.offset() < span.end(row.partition()) && filter.test(row);
        if (wanted) {
            rate.spend(System.nanoTime());
        }
        return wanted;
    }

    @Override
    public boolean isExhausted(Consumer<byte[], byte[]> consumer) {
        return consumer.assignment().stream().allMatch(place -> isRead(consumer, place));
    }

    private boolean isRead(Consumer<byte[], byte[]> consumer, TopicPartition place) {
        return consumer.position(place) >= span.end(place.partition());
    }
}
