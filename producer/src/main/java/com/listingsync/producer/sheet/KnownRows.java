package com.listingsync.producer.sheet;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.producer.publish.CommittedReader;
import com.listingsync.producer.publish.KafkaAccess;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The rows of a spreadsheet as they were emitted last, rebuilt from their topic: there is no other memory of them. */
final class KnownRows {

    private KnownRows() {}

    /**
     * The known rows of a connection, by property number. Reads the whole topic, headers only.
     *
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be read
     */
    static Map<String, KnownRow> read(KafkaAccess kafka, String connection) {
        TopicSpec topic = kafka.topics().source(Entity.SHEET);
        List<TopicPartition> partitions = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
        Map<SourceKey, KnownRow> last = new HashMap<>();
        new CommittedReader(kafka).readAll(partitions, record -> note(record, connection, last));
        Map<String, KnownRow> known = new LinkedHashMap<>();
        last.values().forEach(row -> known.put(row.propertyNumber(), row));
        return known;
    }

    private static void note(ConsumerRecord<byte[], byte[]> record, String connection, Map<SourceKey, KnownRow> last) {
        SourceEvent event;
        try {
            event = RecordHeaders.readSource(record.headers());
        } catch (IllegalArgumentException e) {
            // Not written by us; it names no row of ours, so at worst one is emitted again.
            return;
        }
        if (!event.origin().connection().equals(connection)) {
            return;
        }
        SourceKey key = SourceKey.of(record.key());
        if (event.operation() == Operation.DELETE) {
            last.remove(key);
        } else {
            last.put(key, new KnownRow(key, event.link(), event.origin().feed(), event.contentHash()));
        }
    }
}
