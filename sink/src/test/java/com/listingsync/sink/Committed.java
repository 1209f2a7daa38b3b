package com.listingsync.sink;

import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.embedded.kafka.CommittedTopic;
import com.listingsync.embedded.kafka.TopicReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What sinks have committed to the topics of a broker, or are about to. Thread-safe. */
public final class Committed implements AutoCloseable {

    private final TopicReader reader;
    private final Map<String, CommittedTopic> followed = new ConcurrentHashMap<>();

    public Committed(String bootstrapServers) {
        this.reader = new TopicReader(bootstrapServers);
    }

    /** Every record of a topic, oldest first within each partition. */
    public List<ConsumerRecord<byte[], byte[]>> on(TopicSpec topic) {
        return on(topic.name());
    }

    /** As {@link #on(TopicSpec)}, of a topic that is none of ours. */
    public List<ConsumerRecord<byte[], byte[]>> on(String topic) {
        return followed.computeIfAbsent(topic, reader::topic).settled();
    }

    /** What the outcomes add up to for one run. */
    public Tally tally(Topics topics, String run) {
        return on(topics.outcomes()).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(run))
                .map(record ->
                        Outcome.of(record.value()) instanceof Outcome.Counted counted ? counted.tally() : Tally.NONE)
                .reduce(Tally.NONE, Tally::plus);
    }

    /** A client of the broker; closed with this. */
    Admin admin() {
        return reader.admin();
    }

    @Override
    public void close() {
        reader.close();
    }
}
