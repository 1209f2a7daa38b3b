package com.listingsync.console.up;

import com.listingsync.common.event.Entity;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.console.kafka.KafkaAccess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** When each connection was last read: the time at which its latest committed listing was sent to Kafka. Thread-safe. */
final class SourceWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, Long> lastSent = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::follow, "source-watch");
    private final KafkaAccess kafka;
    private volatile boolean closed;

    SourceWatch(KafkaAccess kafka) {
        this.kafka = kafka;
        thread.setDaemon(true);
        thread.start();
    }

    /** @param moment milliseconds since 1970 */
    boolean hasReadSince(String connection, long moment) {
        return lastSent.getOrDefault(connection, 0L) > moment;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }

    private void follow() {
        String topic = kafka.topics().source(Entity.PROPERTY).name();
        List<TopicPartition> partitions = IntStream.range(0, kafka.topics().partitions())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            while (!closed) {
                consumer.poll(POLL)
                        .forEach(record -> RecordHeaders.text(record.headers(), RecordHeaders.CONNECTION)
                                .ifPresent(name -> lastSent.merge(name, record.timestamp(), Math::max)));
            }
        }
    }
}
