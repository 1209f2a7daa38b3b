package com.listingsync.common.deadletter;

import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.RecordHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
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

    /** How many headers of the original are left out, because they are too large; only when some are. */
    public static final String HEADERS_LEFT_OUT = "__listings.errors.headers.left-out";

    /**
     * Longest key kept, in bytes. Together with the largest headers and a value of {@link #VALUE_BYTES} it is less than the
     * 1,048,588 bytes that a broker takes unless it was told otherwise ({@code message.max.bytes}): a dead letter that does not
     * fit its topic would spoil its transaction, and be retried for ever.
     */
    public static final int KEY_BYTES = 8 * 1024;

    /** Longest value kept as it is, in bytes. */
    public static final int VALUE_BYTES = 1_000_000;

    /** Room for the headers of the original, in bytes of names and values. */
    private static final int HEADER_BYTES = 24 * 1024;

    private static final int MESSAGE_CHARS = 1_500;
    private static final int NAME_CHARS = 250;

    /** Headers of earlier refusals: a record that is refused again tells of the last one alone. */
    private static final List<String> EARLIER = List.of("__connect.errors.", "kafka_dlt-", "__listings.errors.");

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
        // Some of these are a server's words, and those may be of any length.
        code = cut(code, NAME_CHARS);
        message = cut(message, MESSAGE_CHARS);
        column = column.map(name -> cut(name, NAME_CHARS));
        exceptionClass = exceptionClass.map(name -> cut(name, NAME_CHARS));
    }

    /** A refusal without column, HTTP status or exception, on the first attempt. */
    public static DeadLetter of(Stage stage, String code, String message, Optional<Position> origin, Instant at) {
        return new DeadLetter(
                stage, code, message, Optional.empty(), Optional.empty(), 1, Optional.empty(), origin, at);
    }

    /**
     * Copies the original headers into {@code target}, but those of earlier refusals and those beyond {@value #HEADER_BYTES} bytes,
     * and adds these; the original's run is repeated as ours, unless that is a replay's mark: then the run that fetched the
     * record is kept.
     */
    public void write(@Nullable Headers original, Headers target) {
        if (original != null) {
            copy(original, target);
            RecordHeaders.text(target, RecordHeaders.RUN)
                    .filter(run -> !ReplayMark.isMark(run))
                    .ifPresent(run -> put(target, RUN, run));
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

    /** Whether a header tells of a refusal rather than of the record; what such a record was fetched by, and waited for, is its own. */
    public static boolean tellsOfRefusal(String header) {
        return !header.equals(RUN) && !header.equals(PARENT) && EARLIER.stream().anyMatch(header::startsWith);
    }

    private static void copy(Headers original, Headers target) {
        int bytes = 0;
        int leftOut = 0;
        for (Header header : original) {
            if (tellsOfRefusal(header.key())) {
                continue;
            }
            // A name's characters are at most three bytes each, and lengths are written beside both.
            int size = 3 * header.key().length() + 8 + (header.value() == null ? 0 : header.value().length);
            if (bytes + size > HEADER_BYTES) {
                leftOut++;
            } else {
                bytes += size;
                target.add(header);
            }
        }
        if (leftOut > 0) {
            put(target, HEADERS_LEFT_OUT, Integer.toString(leftOut));
        }
    }

    private static String cut(String text, int chars) {
        return text.length() <= chars ? text : text.substring(0, chars) + "…";
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
