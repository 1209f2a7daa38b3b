package com.listingsync.console.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.command.ReprocessWish.Wish;
import com.listingsync.common.topic.LogEnd;
import com.listingsync.common.wire.ControlKey;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.console.kafka.KafkaAccess;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What is wished of one replay. Confined to one thread. */
final class Wishes implements AutoCloseable {

    private final Consumer<byte[], byte[]> consumer;
    private final byte[] key;
    private Optional<Wish> standing = Optional.empty();

    Wishes(KafkaAccess access, String replay) {
        this.consumer = access.consumer();
        this.key = ControlKey.of(replay, ReplayBook.WISH);
        TopicPartition place = new TopicPartition(
                access.topics().replays().name(),
                ListingPartitioner.partition(key, access.topics().partitions()));
        try {
            consumer.assign(List.of(place));
            consumer.seekToBeginning(List.of(place));
            LogEnd.readTo(consumer, record -> standing = wish(record).or(() -> standing));
        } catch (RuntimeException e) {
            // Whoever replays is told; nothing was read that could be lost.
            consumer.close();
            throw e;
        }
    }

    /** What was wished last before this was made; empty when nothing was. */
    Optional<Wish> standing() {
        return standing;
    }

    /** The last wish since the last call, if one has come by now. */
    Optional<Wish> latest() {
        return await(Duration.ZERO);
    }

    /** The last wish since the last call, waiting a while for one. */
    Optional<Wish> await(Duration atMost) {
        return polled(atMost);
    }

    private Optional<Wish> polled(Duration atMost) {
        Optional<Wish> latest = Optional.empty();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(atMost)) {
            Optional<Wish> earlier = latest;
            latest = wish(record).or(() -> earlier);
        }
        return latest;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private Optional<Wish> wish(ConsumerRecord<byte[], byte[]> record) {
        return Arrays.equals(record.key(), key) && record.value() != null
                ? Optional.of(wish(record.value()))
                : Optional.empty();
    }

    private static Wish wish(byte[] value) {
        try {
            JsonNode json = Json.MAPPER.readTree(value);
            return Json.MAPPER.treeToValue(json.path("wish"), Wish.class);
        } catch (IOException e) {
            throw new IllegalStateException("a wish on sync.replays can't be read: expected pause, resume or stop", e);
        }
    }
}
