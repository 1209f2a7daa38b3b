package com.listingsync.embedded.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * All that is committed to one topic, read on from where it was read last; what its log has dropped or compacted since stays. Of no
 * more use once its {@link TopicReader} is closed. Thread-safe.
 */
public final class CommittedTopic {

    private final TopicReader reader;
    private final Map<TopicPartition, Long> positions;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    CommittedTopic(TopicReader reader, Map<TopicPartition, Long> positions) {
        this.reader = reader;
        this.positions = positions;
    }

    /** Every record that is committed now, oldest first within each partition. */
    public synchronized List<ConsumerRecord<byte[], byte[]>> committed() {
        records.addAll(reader.committed(positions));
        return List.copyOf(records);
    }

    /**
     * As {@link #committed()}, with the transactions that are open: a commit is answered before its markers are written, so what is
     * in the log but not yet decided is waited for, for some seconds.
     */
    public synchronized List<ConsumerRecord<byte[], byte[]>> settled() {
        records.addAll(reader.settled(positions));
        return List.copyOf(records);
    }
}
