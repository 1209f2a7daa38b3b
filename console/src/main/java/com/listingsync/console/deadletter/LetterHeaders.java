package com.listingsync.console.deadletter;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.wire.RecordHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a dead letter say, whoever wrote it: Listing Sync, Kafka Connect (KIP-298), Kafka Streams (KIP-1034) or Spring
 * Kafka. Looked up when asked for: most letters are asked for little, and a million of them for no more. Of several headers with one
 * name the last counts. Immutable.
 */
final class LetterHeaders {

    private static final String STREAMS = "__streams.errors.";
    private static final String CONNECT = "__connect.errors.";

    private static final String SPRING_EXCEPTION = "kafka_dlt-exception-fqcn";
    private static final String SPRING_MESSAGE = "kafka_dlt-exception-message";

    private final Headers headers;

    LetterHeaders(Headers headers) {
        this.headers = headers;
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
                .or(() -> text(SPRING_MESSAGE))
                .orElse("");
    }

    Optional<String> exceptionClass() {
        return text(DeadLetter.CONNECT_EXCEPTION)
                .or(() -> text(STREAMS + "exception"))
                .or(() -> text(SPRING_EXCEPTION));
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
        @Nullable Header header = headers.lastHeader(name);
        return header == null ? null : header.value();
    }
}
