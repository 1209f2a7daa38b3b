package com.listingsync.common.deadletter;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.listingsync.common.wire.KeyText;
import java.nio.charset.StandardCharsets;

/**
 * What tells a dead letter from all others: its place in Kafka. Written {@code topic/partition/offset}.
 *
 * @param topic full name of the dead-letter topic; holds no {@code /} (Kafka allows none)
 * @param partition from 0
 * @param offset from 0
 */
public record LetterId(String topic, int partition, long offset) {

    public LetterId {
        if (topic.isEmpty() || partition < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "a dead letter's id is topic/partition/offset, with numbers from 0; found '" + topic + "', "
                            + partition + ", " + offset);
        }
    }

    /**
     * The id in this text.
     *
     * @throws IllegalArgumentException when it is not {@code topic/partition/offset}
     */
    @JsonCreator
    public static LetterId of(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "a dead letter's id is topic/partition/offset; found " + parts.length + " parts");
        }
        try {
            return new LetterId(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a dead letter's id is topic/partition/offset; partition and offset are whole numbers", e);
        }
    }

    /** The record key under which its fates are kept: one part, so that all of them meet in one partition. */
    public byte[] key() {
        return KeyText.join(toString()).getBytes(StandardCharsets.UTF_8);
    }

    @JsonValue
    @Override
    public String toString() {
        return topic + "/" + partition + "/" + offset;
    }
}
