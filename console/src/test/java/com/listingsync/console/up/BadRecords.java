package com.listingsync.console.up;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.wire.ContentHash;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.console.kafka.KafkaAccess;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Listings of one source alone, with a price that no mapping takes for one. */
final class BadRecords {

    private static final String CONNECTION = "mls-idx";

    private BadRecords() {}

    /** Puts one on the log, as the producer would have. */
    static void write(KafkaAccess kafka, String listing) {
        byte[] value = ("{\"ListingKey\":\"" + listing + "\",\"ListPrice\":\"ask\",\"City\":\"Oslo\"}")
                .getBytes(StandardCharsets.UTF_8);
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        Origin origin = new Origin(CONNECTION, Entity.PROPERTY.wireName(), View.IDX, Optional.empty());
        RecordHeaders.write(
                new SourceEvent(Entity.PROPERTY, Operation.UPSERT, origin, 1, ContentHash.of(value)), headers);
        try (Producer<byte[], byte[]> producer = kafka.plain()) {
            var unused = producer.send(new ProducerRecord<>(
                    kafka.topics().source(Entity.PROPERTY).name(),
                    null,
                    SourceKey.ofListing(listing, CONNECTION).bytes(),
                    value,
                    headers));
            producer.flush();
        }
    }
}
