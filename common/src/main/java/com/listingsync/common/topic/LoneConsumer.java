package com.listingsync.common.topic;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A consumer outside any group, which is closed at once: nobody need be told that it goes, and Kafka's own would wait for the answer
 * to its last fetch, which the broker holds back for half a second (fetch.max.wait.ms) once there is nothing more to read.
 *
 * <p>As every consumer of Kafka confined to one thread at a time, except {@link #wakeup()}.
 *
 * @param <V> what its values become
 */
public final class LoneConsumer<V> extends KafkaConsumer<byte[], V> {

    /**
     * @param properties of the client, no {@code group.id} among them
     * @param values what makes values of bytes
     * @throws org.apache.kafka.common.KafkaException when no client can be made with these properties
     */
    public LoneConsumer(Map<String, Object> properties, Deserializer<V> values) {
        super(properties, new ByteArrayDeserializer(), values);
    }

    /** One whose values stay bytes. */
    public static LoneConsumer<byte[]> ofBytes(Map<String, Object> properties) {
        return new LoneConsumer<>(properties, new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        close(CloseOptions.timeout(Duration.ZERO));
    }
}
