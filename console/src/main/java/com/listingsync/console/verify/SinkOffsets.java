package com.listingsync.console.verify;

import com.listingsync.console.kafka.KafkaAccess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** How far the live sink has come on the rows topic. Thread-safe. */
final class SinkOffsets implements AutoCloseable {

    private final Admin admin;
    private final String group;
    private final String topic;

    SinkOffsets(KafkaAccess access) {
        this.admin = access.admin();
        this.group = access.topics().prefix() + "-sink";
        this.topic = access.topics().rows().name();
    }

    /** The offset before which everything has been dealt with, by partition; a partition that is missing has not begun. */
    Map<Integer, Long> now() {
        try {
            Map<Integer, Long> offsets = new HashMap<>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((place, at) -> {
                        if (at != null && place.topic().equals(topic)) {
                            offsets.put(place.partition(), at.offset());
                        }
                    });
            return offsets;
        } catch (InterruptedException e) {
            // Whoever asked has had enough.
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
