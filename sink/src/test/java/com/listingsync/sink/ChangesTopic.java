package com.listingsync.sink;

import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ListingPartitioner;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts status changes on their topic as the processor does: in transactions, whose marks take places of their own. */
public final class ChangesTopic implements AutoCloseable {

    /** When the changes of tests happen, unless they say otherwise. */
    public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final Topics topics;
    private final KafkaProducer<byte[], byte[]> producer;

    public ChangesTopic(String bootstrapServers, Topics topics) {
        this.topics = topics;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "transactional.id", "changes-" + UUID.randomUUID()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    /** The listing is sold, at noon. */
    public String sold(String listing) {
        return change(listing, "active", "closed", NOON, NOON.plusSeconds(60), "unpublish");
    }

    /** Any change; returns its bytes as text. */
    public String change(String listing, String from, String to, Instant changedAt, Instant seenAt, String action) {
        String value = "{\"listing\":\"" + listing + "\",\"from\":\"" + from + "\",\"to\":\"" + to
                + "\",\"changedAt\":\"" + changedAt + "\",\"seenAt\":\"" + seenAt
                + "\",\"source\":\"mls\",\"connection\":\"board\",\"action\":\"" + action + "\"}";
        raw(listing, value);
        return value;
    }

    /** Any value at all. */
    public void raw(String listing, String value) {
        byte[] key = listing.getBytes(StandardCharsets.UTF_8);
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(
                topics.statusChanges().name(),
                ListingPartitioner.partition(key, topics.partitions()),
                key,
                value.getBytes(StandardCharsets.UTF_8)));
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close();
    }
}
