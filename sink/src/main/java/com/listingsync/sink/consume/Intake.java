package com.listingsync.sink.consume;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a loop takes of the rows topic, and when: the live stream, or a part of the log once more. Called on the loop's thread. */
public interface Intake {

    /** Gives the consumer its partitions. */
    void enter(Consumer<byte[], byte[]> consumer, ConsumerRebalanceListener handover);

    /** How long nothing may be polled from now on; zero when it may. Asked again before every poll. */
    default Duration hold() {
        return Duration.ZERO;
    }

    /** Keeps the consumer from what is not to be read; called before every poll. */
    default void narrow(Consumer<byte[], byte[]> consumer) {}

    /** Whether a record is to be delivered; the others are passed by. */
    default boolean wants(ConsumerRecord<byte[], byte[]> row) {
        return true;
    }

    /** Whether everything has been polled. */
    default boolean isExhausted(Consumer<byte[], byte[]> consumer) {
        return false;
    }

    /** The live stream: whatever the group gives this instance, for ever. */
    static Intake live(String topic) {
        return (consumer, handover) -> consumer.subscribe(List.of(topic), handover);
    }
}
