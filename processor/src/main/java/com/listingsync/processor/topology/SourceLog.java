package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One partition of the source topics, to be read again. Confined to one thread. */
public interface SourceLog extends AutoCloseable {

    /**
     * A part of the log.
     *
     * @param records in order; may be empty when none has arrived yet, or only compacted ones were in the way
     * @param next where to go on
     */
    record Slice(List<ConsumerRecord<byte[], byte[]>> records, long next) {
        public Slice {
            records = List.copyOf(records);
        }
    }

    /** Opens the log of a partition. */
    @FunctionalInterface
    interface Opener {
        SourceLog open(int partition);
    }

    /** Where an entity's committed records begin. */
    long begin(Entity entity);

    /** Where an entity's first committed record of this time or a later one is, in milliseconds since 1970; its end when none is. */
    long at(Entity entity, long timestamp);

    /** Where an entity's committed records end now. */
    long end(Entity entity);

    /** The next committed records of an entity from an offset, none at or after {@code to}; does not wait long for them. */
    Slice read(Entity entity, long from, long to);

    @Override
    void close();
}
