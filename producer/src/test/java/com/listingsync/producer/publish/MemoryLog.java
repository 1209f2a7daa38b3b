package com.listingsync.producer.publish;

import com.listingsync.common.run.FeedName;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.trace.Tracing;
import com.listingsync.common.wire.ControlKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A feed's log in memory: what was committed stays over {@link #open()}s, as on a broker, and a commit can be made to fail, as
 * when the producer dies in it.
 */
public final class MemoryLog {

    private static final FeedName FEED = new FeedName("drawn", "property");

    private final Topics topics = new Topics("t", 3);
    private final List<ProducerRecord<byte[], byte[]>> committed = new ArrayList<>();
    private Optional<MockProducer<byte[], byte[]>> current = Optional.empty();

    /** Takes the feed over: what the last holder did not commit is gone. */
    public FeedLog open() {
        collect();
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        current = Optional.of(producer);
        return new FeedLog(FEED, topics, Clock.systemUTC(), producer, this::checkpoints, Tracing.off());
    }

    /** Makes the next commit fail; nothing of its transaction is seen. */
    public void failCommit() {
        current.orElseThrow().commitTransactionException = new KafkaException("died in its commit");
    }

    /** What was committed to a topic, in order. */
    public List<ProducerRecord<byte[], byte[]>> of(TopicSpec topic) {
        collect();
        return committed.stream()
                .filter(record -> record.topic().equals(topic.name()))
                .toList();
    }

    public Topics topics() {
        return topics;
    }

    /** The last checkpoint of the feed by the names of its parts; its whole goes by none. */
    private Map<String, byte[]> checkpoints() {
        Map<String, byte[]> last = new HashMap<>();
        for (ProducerRecord<byte[], byte[]> record : of(topics.checkpoints())) {
            List<String> parts = ControlKey.parts(record.key());
            last.put(parts.size() == 2 ? "" : parts.get(2), record.value());
        }
        return last;
    }

    private void collect() {
        current.ifPresent(producer -> {
            committed.addAll(producer.history());
            producer.clear();
        });
    }
}
