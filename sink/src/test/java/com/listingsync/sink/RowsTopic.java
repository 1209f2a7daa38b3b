package com.listingsync.sink;

import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.trace.TraceHeader;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowKey;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts rows on a rows topic as the processor does. */
public final class RowsTopic implements AutoCloseable {

    private final Topics topics;
    private int tracedOneIn;
    private long sent;
    private final KafkaProducer<byte[], byte[]> producer;

    public RowsTopic(String bootstrapServers, Topics topics) {
        this.topics = topics;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        // A partition that has no leader yet refuses the first batch and takes the second one a moment
                        // later,
                        // after which the first one is out of order for ever.
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        256 * 1024,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Whose run a row is counted in. */
    public static Origin origin(String run) {
        return new Origin("board", "property", View.IDX, Optional.of(run));
    }

    public void property(String key, long version, String price, Optional<Origin> origin) {
        upsert("properties", key, key, version, "\"listing_key\":\"" + key + "\",\"list_price\":" + price, origin);
    }

    public void media(String listing, String key, long version) {
        upsert(
                "media",
                listing,
                key,
                version,
                "\"media_key\":\"" + key + "\",\"listing_key\":\"" + listing + "\"",
                Optional.empty());
    }

    public void upsert(String table, String listing, String id, long version, String columns, Optional<Origin> origin) {
        send(
                new RowKey(listing, table, id),
                new RowEvent(table, Operation.UPSERT, version, origin),
                "{" + columns + ",\"row_version\":" + version + "}");
    }

    public void markDeleted(String table, String keyColumn, String listing, String id, long version) {
        send(
                new RowKey(listing, table, id),
                new RowEvent(table, Operation.DELETE, version, Optional.empty()),
                "{\"" + keyColumn + "\":\"" + id + "\",\"deleted_at\":\"2026-11-22T00:00:00Z\",\"row_version\":"
                        + version + "}");
    }

    public void purge(String table, String listing, String id) {
        byte[] key = new RowKey(listing, table, id).bytes();
        producer.send(new ProducerRecord<>(topics.rows().name(), partition(key), key, null));
    }

    public void raw(byte[] key, byte[] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> row = new ProducerRecord<>(topics.rows().name(), partition(key), key, value);
        headers.forEach((name, text) -> RecordHeaders.put(row.headers(), name, text));
        producer.send(row);
    }

    /** From now on one in so many rows bears a trace; 0 for none. */
    public void trace(int oneIn) {
        tracedOneIn = oneIn;
    }

    /** Returns once the broker has everything. */
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(RowKey key, RowEvent event, String json) {
        byte[] bytes = key.bytes();
        ProducerRecord<byte[], byte[]> row = new ProducerRecord<>(
                topics.rows().name(), partition(bytes), bytes, json.getBytes(StandardCharsets.UTF_8));
        Headers headers = row.headers();
        RecordHeaders.write(event, headers);
        if (tracedOneIn > 0 && ++sent % tracedOneIn == 0) {
            RecordHeaders.put(headers, TraceHeader.NAME, String.format(Locale.ROOT, "00-%032x-%016x-01", sent, sent));
        }
        producer.send(row);
    }

    private int partition(byte[] key) {
        return ListingPartitioner.partition(key, topics.partitions());
    }
}
