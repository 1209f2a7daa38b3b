package com.listingsync.processor.topology;

import com.listingsync.common.wire.ListingPartitioner;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/** The listing partitioner as Streams asks for it. A record without a key, which only a dead letter can be, goes to partition 0. */
final class ByListing implements StreamPartitioner<byte[], byte[]> {

    @Override
    public Optional<Set<Integer>> partitions(
            String topic, byte @Nullable [] key, byte @Nullable [] value, int partitions) {
        return Optional.of(Set.of(key == null ? 0 : ListingPartitioner.partition(key, partitions)));
    }
}
