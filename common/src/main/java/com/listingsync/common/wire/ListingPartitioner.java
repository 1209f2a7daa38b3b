package com.listingsync.common.wire;

import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The one rule by which every record of ours finds its partition: murmur2 over the key's bytes up to the first {@code /},
 * which is the listing. A property, its children, its linked sheet row and all their rows meet in one partition.
 *
 * <p>For a key without {@code /} the result is what Kafka's own default partitioner gives, so foreign producers of plain
 * listing keys agree. Stateless and thread-safe.
 */
public final class ListingPartitioner implements Partitioner {

    /** The partition of a key among {@code partitions}. */
    public static int partition(byte[] key, int partitions) {
        int end = 0;
        while (end < key.length && key[end] != KeyText.SEPARATOR) {
            end++;
        }
        byte[] listing = key;
        if (end < key.length) {
            listing = new byte[end];
            System.arraycopy(key, 0, listing, 0, end);
        }
        return Utils.toPositive(Utils.murmur2(listing)) % partitions;
    }

    @Override
    public int partition(
            String topic,
            @Nullable Object key,
            byte @Nullable [] keyBytes,
            @Nullable Object value,
            byte @Nullable [] valueBytes,
            Cluster cluster) {
        if (keyBytes == null) {
            throw new IllegalArgumentException("a record for topic " + topic + " needs a key; found none");
        }
        return partition(keyBytes, cluster.partitionCountForTopic(topic));
    }

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
}
