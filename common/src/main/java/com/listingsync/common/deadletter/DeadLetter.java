package com.listingsync.common.deadletter;

import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.RecordHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Why and where a record was refused, as headers on its dead letter: those of Kafka Connect (KIP-298) and of Spring Kafka,
 * so that existing tools read them, and our own.
 *
 * @param stage the service that refused
 * @param code short stable cause, such as {@code 22P02}, {@code no-key} or {@code orphan}; grouped by and counted
 * @param message one sentence for people; must not contain any value of the record
 * @param column the column or field at fault; empty when it is not one
 * @param httpStatus status of the answer that refused it; empty when no HTTP was involved
 * @param attempts how often it was tried, at least 1
 * @param exceptionClass class name of the failure; empty when there was none
 * @param origin where the original record was read; empty when it came from outside Kafka
 * @param at when it was refused
 */
public record DeadLetter(
        Stage stage,
        String code,
        String message,
        Optional<String> column,
        Optional<Integer> httpStatus,
        int attempts,
        Optional<String> exceptionClass,
        Optional<Position> origin,
        Instant at) {

    public static final String CONNECT_TOPIC = "__connect.errors.topic";
    public static final String CONNECT_PARTITION = "__connect.errors.partition";
    public static final String CONNECT_OFFSET = "__connect.errors.offset";
    public static final String CONNECT_STAGE = "__connect.errors.stage";
    public static final String CONNECT_EXCEPTION = "__connect.errors.exception.class.name";
    public static final String CONNECT_MESSAGE = "__connect.errors.exception.message";
    public static final String DLT_TOPIC = "kafka_dlt-original-topic";
    public static final String DLT_PARTITION = "kafka_dlt-original-partition";
    public static final String DLT_OFFSET = "kafka_dlt-original-offset";
    public static final String CODE = "__listings.errors.code";
    public static final String HTTP_STATUS = "__listings.errors.http.status";
    public static final String COLUMN = "__listings.errors.column";
    public static final String ATTEMPTS = "__listings.errors.attempts";
    public static final String RUN = "__listings.errors.run";

    /** Key of the listing that a child waited for; only on dead letters with code {@code orphan}. */
    public static final String PARENT = "__listings.errors.parent";

    public static final String TIMESTAMP = "__listings.errors.timestamp";

    /** Where a post could not be taken down; only on dead letters of status changes. */
    public static final String PLATFORM = "__listings.errors.platform";

    /** Id, at its platform, of a post that could not be taken down; only on dead letters of status changes. */
    public static final String POST = "__listings.errors.post";

    /**
     * A record's place in Kafka.
     *
     * @param topic full topic name
     * @param partition from 0
     * @param offset from 0
     */
    public record Position(String topic, int partition, long offset) {}

    public DeadLetter {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(at, "at");
        if (code.isBlank() || attempts < 1) {
            throw new IllegalArgumentException("a dead letter needs a code and at least one attempt");
        }
    }

    /** A refusal without column, HTTP status or exception, on the first attempt. */
    public static DeadLetter of(Stage stage, String code, String message, Optional<Position> origin, Instant at) {
        return new DeadLetter(
                stage, code, message, Optional.empty(), Optional.empty(), 1, Optional.empty(), origin, at);
    }

    /** Copies the original headers into {@code target} and adds these; the original's run is repeated as ours. */
    public void write(@Nullable Headers original, Headers target) {
        if (original != null) {
            for (Header header : original) {
                target.add(header);
            }
            RecordHeaders.text(original, RecordHeaders.RUN).ifPresent(run -> put(target, RUN, run));
        }
        origin.ifPresent(position -> writePosition(position, target));
        put(target, CONNECT_STAGE, stage.wireName());
        exceptionClass.ifPresent(name -> put(target, CONNECT_EXCEPTION, name));
        put(target, CONNECT_MESSAGE, message);
        put(target, CODE, code);
        httpStatus.ifPresent(status -> put(target, HTTP_STATUS, Integer.toString(status)));
        column.ifPresent(name -> put(target, COLUMN, name));
        put(target, ATTEMPTS, Integer.toString(attempts));
        put(target, TIMESTAMP, Long.toString(at.toEpochMilli()));
    }

    private static void writePosition(Position position, Headers target) {
        String partition = Integer.toString(position.partition());
        String offset = Long.toString(position.offset());
        put(target, CONNECT_TOPIC, position.topic());
        put(target, CONNECT_PARTITION, partition);
        put(target, CONNECT_OFFSET, offset);
        put(target, DLT_TOPIC, position.topic());
        // Spring Kafka writes these two as big-endian numbers, not as text.
        put(
                target,
                DLT_PARTITION,
                ByteBuffer.allocate(Integer.BYTES).putInt(position.partition()).array());
        put(
                target,
                DLT_OFFSET,
                ByteBuffer.allocate(Long.BYTES).putLong(position.offset()).array());
    }

    private static void put(Headers headers, String name, String value) {
        put(headers, name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void put(Headers headers, String name, byte[] value) {
        headers.remove(name);
        headers.add(name, value);
    }
}
