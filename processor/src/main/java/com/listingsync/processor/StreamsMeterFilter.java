package com.listingsync.processor;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.List;
import java.util.Set;

/**
 * Of the thousands of meters that Kafka Streams has, those that answer a question of ours: how threads spend their time and commit,
 * how far they are behind, how transactions and rebalances go. None by partition, task or store. Immutable.
 */
final class StreamsMeterFilter implements MeterFilter {

    private static final String KAFKA = "kafka.";

    private static final List<String> KEPT = List.of(
            "kafka.stream.thread.",
            "kafka.stream.alive.",
            "kafka.stream.failed.",
            "kafka.consumer.fetch.manager.records.lag.max",
            "kafka.consumer.coordinator.rebalance.",
            "kafka.producer.txn.");

    private static final Set<String> TOO_MANY = Set.of("partition", "topic", "task.id", "store", "node.id");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        if (!id.getName().startsWith(KAFKA)) {
            return MeterFilterReply.NEUTRAL;
        }
        boolean kept = KEPT.stream().anyMatch(id.getName()::startsWith)
                && id.getTags().stream().noneMatch(tag -> TOO_MANY.contains(tag.getKey()));
        return kept ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
    }
}
