package com.listingsync.console.trace;

import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the processor and the sink have come.
 *
 * @param processor by partition, the offset that the processor reads next; missing where it never read
 * @param sink the same of the sink
 * @param ends by partition, the offset behind the last record
 */
record Positions(Map<TopicPartition, Long> processor, Map<TopicPartition, Long> sink, Map<TopicPartition, Long> ends) {

    Positions {
        processor = Map.copyOf(processor);
        sink = Map.copyOf(sink);
        ends = Map.copyOf(ends);
    }

    /** How many offsets the processor is behind, when it has not reached this place; empty when it has. */
    OptionalLong processorBehind(LogRecord.Place place) {
        return behind(processor, place);
    }

    /** How many offsets the sink is behind, when it has not reached this place; empty when it has. */
    OptionalLong sinkBehind(LogRecord.Place place) {
        return behind(sink, place);
    }

    private OptionalLong behind(Map<TopicPartition, Long> reader, LogRecord.Place place) {
        TopicPartition partition = new TopicPartition(place.topic(), place.partition());
        long next = reader.getOrDefault(partition, 0L);
        return next > place.offset()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(1, ends.getOrDefault(partition, place.offset() + 1) - next));
    }
}
