package com.listingsync.console.deadletter;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.wire.RecordHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a dead letter say, whoever wrote it: Listing Sync, Kafka Connect (KIP-298), Kafka Streams (KIP-1034) or Spring
 * Kafka. Read in one pass; nothing is decoded before it is asked for. Immutable.
 */
final class LetterHeaders {

    private static final String STREAMS = "__streams.errors.";
    private static final String CONNECT = "__connect.errors.";

    /** The names that matter, in the order of {@link #values}. */
    private static final String[] NAMES = {
        DeadLetter.CODE,
        DeadLetter.CONNECT_STAGE,
        DeadLetter.CONNECT_EXCEPTION,
        DeadLetter.CONNECT_MESSAGE,
        DeadLetter.CONNECT_TOPIC,
        DeadLetter.CONNECT_PARTITION,
        DeadLetter.CONNECT_OFFSET,
        DeadLetter.TIMESTAMP,
        DeadLetter.COLUMN,
        DeadLetter.HTTP_STATUS,
        DeadLetter.ATTEMPTS,
        DeadLetter.RUN,
        DeadLetter.DLT_TOPIC,
        DeadLetter.DLT_PARTITION,
        DeadLetter.DLT_OFFSET,
        "kafka_dlt-exception-fqcn",
        "kafka_dlt-exception-message",
        STREAMS + "exception",
        STREAMS + "message",
        STREAMS + "topic",
        STREAMS + "partition",
        STREAMS + "offset",
        RecordHeaders.ENTITY,
        RecordHeaders.TABLE,
        RecordHeaders.CONNECTION,
        RecordHeaders.FEED,
        DeadLetter.PARENT,
        RecordHeaders.RUN,
        ReplayMark.REPLAY_OF,
        ReplayMark.REPLAY_ATTEMPT,
    };

    private static final Map<String, Integer> PLACES = new HashMap<>();

    static {
        for (int i = 0; i < NAMES.length; i++) {
            PLACES.put(NAMES[i], i);
        }
    }

    private final byte[] @Nullable [] values = new byte[NAMES.length][];

    LetterHeaders(Headers headers) {
        for (Header header : headers) {
            Integer place = PLACES.get(header.key());
            if (place != null) {
                values[place] = header.value();
            }
        }
    }

    /** Who wrote the letter. */
    LetterFamily family() {
        if (bytes(DeadLetter.CODE) != null) {
            return LetterFamily.LISTING_SYNC;
        }
        if (bytes(CONNECT + "topic") != null || bytes(DeadLetter.CONNECT_EXCEPTION) != null) {
            return LetterFamily.CONNECT;
        }
        if (bytes(STREAMS + "topic") != null || bytes(STREAMS + "exception") != null) {
            return LetterFamily.STREAMS;
        }
        return bytes(DeadLetter.DLT_TOPIC) == null ? LetterFamily.UNKNOWN : LetterFamily.SPRING;
    }

    /** Our code; of other families the simple name of the exception's class. */
    String code() {
        return text(DeadLetter.CODE)
                .or(() -> exceptionClass().map(name -> name.substring(name.lastIndexOf('.') + 1)))
                .orElse("unknown");
    }

    /** The replay that the record came from; empty for a first refusal. */
    Optional<ReplayMark> mark() {
        Optional<ReplayMark> run = text(RecordHeaders.RUN).flatMap(ReplayMark::of);
        return run.isPresent() || bytes(ReplayMark.REPLAY_OF) == null
                ? run
                : ReplayMark.of(
                        text(ReplayMark.REPLAY_OF).orElse(""),
                        text(ReplayMark.REPLAY_ATTEMPT).orElse("1"));
    }

    String message() {
        return text(DeadLetter.CONNECT_MESSAGE)
                .or(() -> text(STREAMS + "message"))
                .or(() -> text("kafka_dlt-exception-message"))
                .orElse("");
    }

    Optional<String> exceptionClass() {
        return text(DeadLetter.CONNECT_EXCEPTION)
                .or(() -> text(STREAMS + "exception"))
                .or(() -> text("kafka_dlt-exception-fqcn"));
    }

    /** Where the original record stands, when all three parts can be read. */
    Optional<DeadLetter.Position> origin() {
        return position(CONNECT + "topic", number(CONNECT + "partition"), number(CONNECT + "offset"))
                .or(() -> position(STREAMS + "topic", number(STREAMS + "partition"), number(STREAMS + "offset")))
                .or(() -> position(
                        DeadLetter.DLT_TOPIC, binary(DeadLetter.DLT_PARTITION), binary(DeadLetter.DLT_OFFSET)));
    }

    /** A whole number in text; empty when it is missing or none. */
    Optional<Long> number(String name) {
        try {
            return text(name).map(Long::parseLong);
        } catch (NumberFormatException e) {
            // Somebody else's header: what can't be read is not shown, and the letter is shown all the same.
            return Optional.empty();
        }
    }

    Optional<String> text(String name) {
        byte @Nullable [] value = bytes(name);
        return value == null ? Optional.empty() : Optional.of(new String(value, StandardCharsets.UTF_8));
    }

    private Optional<DeadLetter.Position> position(String topicName, Optional<Long> partition, Optional<Long> offset) {
        Optional<String> topic = text(topicName);
        return topic.isEmpty() || partition.isEmpty() || offset.isEmpty()
                ? Optional.empty()
                : Optional.of(new DeadLetter.Position(topic.get(), Math.toIntExact(partition.get()), offset.get()));
    }

    /** A big-endian number, as Spring Kafka writes it. */
    private Optional<Long> binary(String name) {
        byte @Nullable [] value = bytes(name);
        if (value == null) {
            return Optional.empty();
        }
        return switch (value.length) {
            case Integer.BYTES -> Optional.of((long) ByteBuffer.wrap(value).getInt());
            case Long.BYTES -> Optional.of(ByteBuffer.wrap(value).getLong());
            default -> Optional.empty();
        };
    }

    private byte @Nullable [] bytes(String name) {
        Integer place = PLACES.get(name);
        if (place == null) {
            throw new IllegalArgumentException("header " + name + " is not among those that are read");
        }
        return values[place];
    }
}
